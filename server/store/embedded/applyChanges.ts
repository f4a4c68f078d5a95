import type { Steps } from '../../platform/inTurns.js';
import type { RevisionRemoval, SiteChanges } from '../SiteChanges.js';
import type { RevisionRow } from '../rows.js';
import { encodeRunChanges } from '../runChanges.js';
import type { Identities } from './Identities.js';
import type { SqlConnection } from './SqlConnection.js';
import { applyDeliveries } from './applyDeliveries.js';
import { HIGHEST_REVISION, highestRevision } from './catalogueQueries.js';
import type { StatementName, Value } from './statements.js';

const KEPT_RUNS = 1000;

/** Runs one statement and puts it into the journal's transaction. */
export type Run = (name: StatementName, values: readonly Value[]) => void;

/** What applying needs beside the changes. */
interface ApplyContext {
  readonly connection: SqlConnection;
  readonly identities: Identities;
  readonly run: Run;
}

/** Applies one transaction's changes in a fixed order, row by row. */
export function* applyChanges(changes: SiteChanges, context: ApplyContext): Steps<void> {
  const { run } = context;
  for (const [name, value] of Object.entries(changes.settings ?? {})) {
    const text = JSON.stringify(value ?? null);
    yield;
    run('putSetting', [name, text]);
    yield;
  }
  if (changes.revisions !== undefined) yield* insertRevisions(changes.revisions, context);
  for (const { revisionId, location } of changes.movedDocuments ?? []) {
    run('moveDocument', [location.segment, location.position, location.length, revisionId]);
    yield;
  }
  for (const row of changes.categories ?? []) {
    run('putCategory', [
      row.categoryId,
      row.updateKey,
      row.revisionId,
      row.typeName,
      row.parentId,
      +row.allowSubscription,
      +row.prohibitsUpdates,
      +row.isSubscribed,
    ]);
    yield;
  }
  for (const row of changes.softwareUpdates ?? []) {
    run('putUpdate', [
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
    ]);
    yield;
  }
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
  yield* removeRevisions(changes.removedRevisions ?? [], context);
  if (changes.forgetsObsolete === true) run('forgetObsolete', []);
  if (changes.runChanges !== undefined) addRunChanges(changes.runChanges, context);
  applyRecords(changes, run);
  applyDeliveries(changes, context);
}

/** What each of the newest thousand runs did is kept. */
function addRunChanges(
  { run: id, changes }: NonNullable<SiteChanges['runChanges']>,
  { connection, run }: ApplyContext,
): void {
  const part = Number(connection.row('SELECT coalesce(max(part), -1) + 1 FROM run_change WHERE run = ?', [id])?.[0]);
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

function* removeRevisions(removals: readonly RevisionRemoval[], { connection, run }: ApplyContext): Steps<void> {
  const highest = highestRevision(connection);
  for (const removal of removals) {
    removeRevision(removal, run);
    yield;
  }
  if (removals.some((removal) => removal.revisionId === highest))
    run('putSetting', [HIGHEST_REVISION, JSON.stringify(highest)]);
}

function removeRevision({ revisionId, updateKey, revisionNumber, isKnown }: RevisionRemoval, run: Run): void {
  run('deleteRelations', [revisionId]);
  run('deleteRevision', [revisionId]);
  if (isKnown) run('markObsolete', [updateKey, revisionNumber]);
}

function* insertRevisions(rows: readonly RevisionRow[], context: ApplyContext): Steps<void> {
  let id = highestRevision(context.connection);
  for (const row of rows) {
    id += 1;
    yield* insertRevision(row, id, context);
  }
}

/** What is stored of an update: nothing of one whose id was never met. */
interface StoredOfUpdate {
  readonly highest: number | undefined;
  readonly firstCreated: number;
}

function storedOf(connection: SqlConnection, known: number | undefined): StoredOfUpdate {
  const [highest = null, firstCreated] =
    known === undefined
      ? []
      : (connection.row('SELECT max(number), min(first_created) FROM revision WHERE identity = ?', [known]) ?? []);
  return highest === null
    ? { highest: undefined, firstCreated: Infinity }
    : { highest: Number(highest), firstCreated: Number(firstCreated) };
}

function* insertRevision(row: RevisionRow, id: number, context: ApplyContext): Steps<void> {
  const { connection, identities, run } = context;
  const known = identities.find(row.updateId);
  const stored = storedOf(connection, known);
  const key = known ?? identities.add(row.updateId, run);
  const { highest } = stored;
  const latest = highest === undefined || row.revisionNumber > highest;
  const firstCreated = Math.min(row.created, stored.firstCreated);
  run('addRevision', [
    id,
    key,
    row.revisionNumber,
    +latest,
    row.kind,
    +row.expired,
    row.flags,
    row.title,
    row.description,
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
  ]);
  if (
    known !== undefined &&
    connection.row('SELECT 1 FROM obsolete WHERE identity = ? AND number = ?', [key, row.revisionNumber]) !== undefined
  )
    run('unmarkObsolete', [key, row.revisionNumber]);
  if (latest && highest !== undefined) run('notLatest', [key, row.revisionNumber]);
  if (!latest) run('lowerFirstCreated', [firstCreated, key, firstCreated]);
  for (const relation of row.relations) {
    run('insertRelation', [
      id,
      relation.kind,
      relation.clause,
      identities.keyOf(relation.updateId, run),
      relation.revisionNumber,
    ]);
    yield;
  }
}
