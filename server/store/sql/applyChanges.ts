import type { SoftwareUpdateRow } from '../../criteria/SoftwareUpdateRow.js';
import type { RevisionRemoval, SiteChanges } from '../SiteChanges.js';
import { type CategoryRow, RELATION, type RevisionRow } from '../rows.js';
import { encodeRunChanges } from '../runChanges.js';
import { type Identities, revisionsOf } from './Identities.js';
import type { Row, Sql, SqlSteps } from './Sql.js';
import { applyDeliveries } from './applyDeliveries.js';
import { HIGHEST_REVISION, highestRevision } from './catalogueQueries.js';
import { descriptionId, type Descriptions, findDescriptions } from './descriptions.js';
import { packPrerequisites, type Prerequisite } from './packedPrerequisites.js';
import type { Run } from './statements.js';
import { writeRows } from './tables.js';

const KEPT_RUNS = 1000;
/** Relations of one revision that are written before others have their turn. */
const AT_ONCE = 16;

/** What applying needs beside the changes. */
interface ApplyContext {
  readonly sql: Sql;
  readonly identities: Identities;
  readonly run: Run;
}

/** Applies one transaction's changes in a fixed order, row by row. */
export function* applyChanges(changes: SiteChanges, context: ApplyContext): SqlSteps<void> {
  const { run } = context;
  for (const copied of changes.copiedRows ?? []) yield* writeRows(copied, run);
  yield* putSettings(changes.settings ?? {}, run);
  if (changes.revisions !== undefined) yield* insertRevisions(changes.revisions, context);
  for (const { revisionId, location } of changes.movedDocuments ?? []) {
    run('moveDocument', [location.segment, location.position, location.length, revisionId]);
    yield;
  }
  for (const row of changes.categories ?? []) {
    run('putCategory', categoryValues(row));
    yield;
  }
  for (const row of changes.softwareUpdates ?? []) {
    run('putUpdate', updateValues(row));
    yield;
  }
  yield* changeUpdates(changes, run);
  yield* removeRevisions(changes.removedRevisions ?? [], context);
  if (changes.forgetsObsolete === true) run('forgetObsolete', []);
  if (changes.runChanges !== undefined) yield* addRunChanges(changes.runChanges, context);
  applyRecords(changes, run);
  yield* applyDeliveries(changes, context);
}

function* putSettings(settings: NonNullable<SiteChanges['settings']>, run: Run): SqlSteps<void> {
  for (const [name, value] of Object.entries(settings)) {
    const text = JSON.stringify(value ?? null);
    yield;
    run('putSetting', [name, text]);
    yield;
  }
}

/** What is done to software updates that are there. */
function* changeUpdates(changes: SiteChanges, run: Run): SqlSteps<void> {
  for (const { ciId, customSeverity, maxExecutionSeconds, modified } of changes.overrides ?? []) {
    run('setOverride', [customSeverity ?? null, maxExecutionSeconds ?? null, modified, ciId]);
    yield;
  }
  for (const ciId of changes.removedSoftwareUpdates ?? []) {
    run('deleteSoftwareUpdate', [ciId]);
    yield;
  }
  for (const ciId of changes.declinedUpdates?.ciIds ?? []) {
    run('declineUpdate', [changes.declinedUpdates?.time ?? 0, ciId]);
    yield;
  }
}

/** In the order of the statement, as in `updateValues`. */
function categoryValues(row: CategoryRow): Row {
  return [
    row.categoryId,
    row.updateKey,
    row.revisionId,
    row.typeName,
    row.parentId,
    +row.allowSubscription,
    +row.prohibitsUpdates,
    +row.isSubscribed,
  ];
}

function updateValues(row: SoftwareUpdateRow): Row {
  return [
    row.ciId,
    row.updateKey,
    row.revisionId,
    row.ciVersion,
    +row.isExpired,
    +row.isSuperseded,
    +row.isHidden,
    +row.isBundle,
    row.created,
    row.modified,
    row.maxExecutionSeconds,
    row.standing,
    row.expiryReason,
    row.expiredSince,
    row.supersededSince,
    +row.isRemoved,
    +row.isDeclined,
    row.customSeverity,
  ];
}

/** What each of the newest thousand runs did is kept. */
function* addRunChanges(
  { run: id, changes }: NonNullable<SiteChanges['runChanges']>,
  { sql, run }: ApplyContext,
): SqlSteps<void> {
  const part = Number((yield* sql.row('SELECT coalesce(max(part), -1) + 1 FROM run_change WHERE run = ?', [id]))?.[0]);
  if (part === 0 && id > KEPT_RUNS) run('forgetRunChanges', [id - KEPT_RUNS]);
  run('addRunChanges', [id, part, encodeRunChanges(changes)]);
}

function applyRecords(changes: SiteChanges, run: Run): void {
  if (changes.run !== undefined) run('putRun', [changes.run.id, changes.run.state, changes.run.json]);
  for (const id of changes.removedRuns ?? []) {
    run('deleteRunChanges', [id]);
    run('deleteRun', [id]);
  }
  if (changes.forgetMessages !== undefined)
    run('forgetMessages', [changes.forgetMessages.before, changes.forgetMessages.below]);
  for (const server of changes.removedStatuses ?? []) run('deleteStatus', [server]);
  for (const status of changes.statuses ?? []) run('putStatus', [status.server, status.json]);
  for (const message of changes.messages ?? [])
    run('insertMessage', [message.id, message.messageId, message.time, message.json]);
  for (const { nodeId, json } of changes.linkNodes ?? []) run('putLinkNode', [nodeId, json]);
  for (const { nodeId, report, lastSeen } of changes.linkReports ?? [])
    run('putLinkReport', [report, lastSeen, nodeId]);
  if (changes.forgetRequestsBefore !== undefined) run('forgetRequests', [changes.forgetRequestsBefore]);
  if (changes.request !== undefined)
    run('putRequest', [
      changes.request.requestId,
      changes.request.method,
      changes.request.result,
      changes.request.time,
    ]);
}

function* removeRevisions(removals: readonly RevisionRemoval[], { sql, run }: ApplyContext): SqlSteps<void> {
  if (removals.length === 0) return;
  const highest = yield* highestRevision(sql);
  const descriptions = new Set<number>();
  yield* sql.eachRowIn(
    'SELECT DISTINCT description_id FROM revision WHERE id IN (#) AND description_id > 0',
    removals.map(({ revisionId }) => revisionId),
    ([id]) => descriptions.add(Number(id)),
  );
  for (const removal of removals) {
    removeRevision(removal, run);
    yield;
  }
  for (const id of descriptions) {
    run('forgetDescription', [id, id]);
    yield;
  }
  sql.descriptions.clear();
  if (removals.some((removal) => removal.revisionId === highest))
    run('putSetting', [HIGHEST_REVISION, JSON.stringify(highest)]);
}

function removeRevision({ revisionId, updateKey, revisionNumber, isKnown }: RevisionRemoval, run: Run): void {
  run('deleteRelations', [revisionId]);
  run('deleteRevision', [revisionId]);
  if (isKnown) run('markObsolete', [updateKey, revisionNumber]);
}

function* insertRevisions(rows: readonly RevisionRow[], context: ApplyContext): SqlSteps<void> {
  const stored = yield* storedOf(rows, context);
  const all = { ...context, stored };
  let id = yield* highestRevision(context.sql);
  for (const row of rows) {
    id += 1;
    yield* insertRevision(row, id, all);
    yield;
  }
}

/** What is stored of the updates of new revisions: nothing of those whose id was never met. */
interface Stored {
  /** By key. */
  readonly updates: Map<number, { readonly highest: number; readonly firstCreated: number }>;
  /** Removed as obsolete, as `key.number`. */
  readonly obsolete: ReadonlySet<string>;
  readonly descriptions: Descriptions;
}

/** Read together, before the first one is written: an engine on the network would be asked for each. */
function* storedOf(rows: readonly RevisionRow[], { sql, identities }: ApplyContext): SqlSteps<Stored> {
  const keys = [...(yield* identities.findAll(new Set(rows.map(({ updateId }) => updateId)))).values()];
  yield* identities.findAll(namedBy(rows, identities));
  const updates: Stored['updates'] = new Map();
  yield* sql.eachRowIn(
    'SELECT identity, max(number), min(first_created) FROM revision WHERE identity IN (#) GROUP BY identity',
    keys,
    ([key, highest, firstCreated]) =>
      updates.set(Number(key), { highest: Number(highest), firstCreated: Number(firstCreated) }),
  );
  return {
    updates,
    obsolete: yield* revisionsOf(sql, 'obsolete', keys),
    descriptions: yield* findDescriptions(
      sql,
      rows.map(({ description }) => description),
    ),
  };
}

/** The ids that revisions name and that have to be read. */
function namedBy(rows: readonly RevisionRow[], identities: Identities): Set<string> {
  const named = new Set<string>();
  for (const { relations } of rows)
    for (const { updateId } of relations) if (!identities.isAtHand(updateId)) named.add(updateId);
  return named;
}

function* insertRevision(
  row: RevisionRow,
  id: number,
  { sql, identities, run, stored }: ApplyContext & { readonly stored: Stored },
): SqlSteps<void> {
  const key = yield* identities.keyOf(row.updateId, run);
  const { highest, firstCreated: first } = stored.updates.get(key) ?? { highest: undefined, firstCreated: Infinity };
  const latest = highest === undefined || row.revisionNumber > highest;
  const firstCreated = Math.min(row.created, first);
  stored.updates.set(key, { highest: Math.max(row.revisionNumber, highest ?? 0), firstCreated });
  const prerequisites = yield* insertRelations(row, id, { identities, run });
  run('storeRevision', [
    id,
    key,
    row.revisionNumber,
    +latest,
    row.kind,
    +row.expired,
    row.flags,
    row.title,
    row.language,
    row.articleId,
    row.bulletinId,
    row.severity,
    row.created,
    row.size,
    row.url,
    row.locales,
    row.eulaId,
    row.categoryType,
    row.location.segment,
    row.location.position,
    row.location.length,
    firstCreated,
    row.stored,
    yield* packPrerequisites(prerequisites),
    descriptionId(row.description, stored.descriptions, { sql, run }),
  ]);
  if (stored.obsolete.has(`${key}.${row.revisionNumber}`)) run('unmarkObsolete', [key, row.revisionNumber]);
  if (latest && highest !== undefined) run('notLatest', [key, row.revisionNumber]);
  if (!latest) run('lowerFirstCreated', [firstCreated, key, firstCreated]);
}

/** Gives the prerequisites, which are no rows of their own. */
function* insertRelations(
  { relations }: RevisionRow,
  id: number,
  { identities, run }: Pick<ApplyContext, 'identities' | 'run'>,
): SqlSteps<Prerequisite[]> {
  const prerequisites: Prerequisite[] = [];
  let count = 0;
  for (const { kind, clause, updateId, revisionNumber } of relations) {
    const target = identities.known(updateId) ?? (yield* identities.keyOf(updateId, run));
    if (kind === RELATION.prerequisite) prerequisites.push([clause, target]);
    else run('insertRelation', [id, kind, clause, target, revisionNumber]);
    if ((count += 1) % AT_ONCE === 0) yield;
  }
  return prerequisites;
}
