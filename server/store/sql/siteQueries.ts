import { sorted } from '../../criteria/collections.js';
import type { SoftwareUpdateRow } from '../../criteria/SoftwareUpdateRow.js';
import type { DocumentLocation } from '../DocumentStore.js';
import type {
  LicensedRevision,
  LinkNodeRow,
  MessageQuery,
  RunQuery,
  SiteCounts,
  StoredMessage,
} from '../SiteDatabase.js';
import type { CategoryRow } from '../rows.js';
import type { Row, Sql, SqlSteps, Value } from './Sql.js';
import { bytesToGuid } from './Identities.js';
import { HIGHEST_REVISION_ID } from './catalogueQueries.js';

/** Status messages in the order of their ids. */
export function* messages(sql: Sql, { after, limit, from }: MessageQuery): SqlSteps<StoredMessage[]> {
  return (yield* sql.rows('SELECT id, json FROM status_message WHERE id > ? AND time >= ? ORDER BY id LIMIT ?', [
    after,
    from,
    limit,
  ])).map(([id, json]) => ({ id: Number(id), json: String(json) }));
}

const UPDATE_COLUMNS =
  `s.id, s.identity, s.revision, s.version, s.expired, s.superseded, s.hidden, s.bundle, ` +
  `s.created, s.modified, s.max_execution, r.number,
  s.standing, s.reason, s.expired_since, s.superseded_since, s.removed, s.declined, s.custom_severity`;
const UPDATES = 'software_update s JOIN revision r ON r.id = s.revision';

/** Characters from which what a setting was read as is kept. */
const LONG_SETTING = 64 * 1024;

/** A long one that nobody has written since is the same object; nobody changes it. */
export function* setting(sql: Sql, name: string): SqlSteps<unknown> {
  const { settings, settingTexts } = sql;
  if (settings.has(name)) return settings.get(name);
  const asked = settings.writes;
  const text = settingTexts?.has(name) === true ? settingTexts.get(name) : yield* settingText(sql, name, asked);
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  if (text.length >= LONG_SETTING) settings.keep(name, value, asked);
  return value;
}

/** A run asks for forty settings, most of them several times. What stood there before a write is not kept. */
function* settingText(sql: Sql, name: string, asked: number): SqlSteps<string | undefined> {
  const value = (yield* sql.row('SELECT value FROM setting WHERE name = ?', [name]))?.[0];
  const text = typeof value === 'string' ? value : undefined;
  const isShort = text === undefined || text.length < LONG_SETTING;
  if (isShort && asked === sql.settings.writes) sql.settingTexts?.set(name, text);
  return text;
}

export function* requestResult(sql: Sql, requestId: string): SqlSteps<string | undefined> {
  const result = (yield* sql.row('SELECT result FROM request WHERE request_id = ?', [requestId]))?.[0];
  return typeof result === 'string' ? result : undefined;
}

export function* counts(sql: Sql): SqlSteps<SiteCounts> {
  const [revisions = 0, categoryCount = 0, softwareUpdates = 0] = yield* sql.numbers(
    'SELECT count(*) FROM revision',
    'SELECT count(*) FROM category',
    'SELECT count(*) FROM software_update WHERE removed = 0',
  );
  return { revisions, categories: categoryCount, softwareUpdates };
}

/** The lowest id of a category and of a software update. */
const FIRST_CI = 16_777_217;

export function* nextIds(sql: Sql): SqlSteps<{
  revision: number;
  run: number;
  softwareUpdate: number;
  category: number;
  message: number;
}> {
  const [revision = 0, run = 0, message = 0, category = 0, softwareUpdate = 0] = yield* sql.numbers(
    HIGHEST_REVISION_ID,
    ...['run', 'status_message', 'category', 'software_update'].map(
      (table) => `SELECT coalesce(max(id), 0) FROM ${table}`,
    ),
  );
  return {
    revision: revision + 1,
    run: run + 1,
    message: message + 1,
    category: Math.max(category + 1, FIRST_CI),
    softwareUpdate: Math.max(softwareUpdate + 1, FIRST_CI),
  };
}

export function* categories(sql: Sql): SqlSteps<CategoryRow[]> {
  const rows: CategoryRow[] = [];
  yield* sql.eachRow(
    `SELECT c.id, c.identity, i.guid, c.revision, c.type, r.title, c.parent, c.allow_subscription, ` +
      `c.prohibits_updates, c.subscribed, r.flags
     FROM category c JOIN identity i ON i.id = c.identity JOIN revision r ON r.id = c.revision WHERE c.id > ? ` +
      `ORDER BY c.id`,
    [0],
    (row) => rows.push(toCategory(row)),
  );
  return rows;
}

export function* softwareUpdatesByUpdate(
  sql: Sql,
  updateKeys: readonly number[],
): SqlSteps<ReadonlyMap<number, SoftwareUpdateRow>> {
  const found = new Map<number, SoftwareUpdateRow>();
  yield* sql.eachRowIn(`SELECT ${UPDATE_COLUMNS} FROM ${UPDATES} WHERE s.identity IN (#)`, updateKeys, (row) => {
    const update = toSoftwareUpdate(row);
    found.set(update.updateKey, update);
  });
  return found;
}

export function* allSoftwareUpdates(sql: Sql): SqlSteps<SoftwareUpdateRow[]> {
  const updates: SoftwareUpdateRow[] = [];
  yield* sql.eachRow(`SELECT ${UPDATE_COLUMNS} FROM ${UPDATES} WHERE s.id > ? ORDER BY s.id`, [0], (row) =>
    updates.push(toSoftwareUpdate(row)),
  );
  return updates;
}

export function* expiredSince(sql: Sql, time: number): SqlSteps<SoftwareUpdateRow[]> {
  const due = yield* sql.pages(
    `SELECT expired_since, id, identity FROM software_update WHERE expired = 1 AND removed = 0 AND (expired_since, ` +
      `id) > (?, ?) ORDER BY expired_since, id`,
    [-1, 0],
  );
  const rows = yield* softwareUpdatesByUpdate(
    sql,
    due.filter(([since]) => Number(since) <= time).map((row) => Number(row[2])),
  );
  return yield* sorted(rows.values(), (a, b) => a.ciId - b.ciId);
}

export function* removedUpdates(
  sql: Sql,
  query: { isDeclined: boolean; after: number; limit: number },
): SqlSteps<SoftwareUpdateRow[]> {
  return (yield* sql.rows(
    `SELECT ${UPDATE_COLUMNS} FROM ${UPDATES} WHERE s.removed = 1 AND s.declined = ? AND s.id > ? ORDER BY s.id ` +
      `LIMIT ?`,
    [+query.isDeclined, query.after, query.limit],
  )).map(toSoftwareUpdate);
}

export function* runs(sql: Sql, query: RunQuery): SqlSteps<string[]> {
  const { id, newest, oldest, state, after, before } = query;
  const conditions: readonly (readonly [text: string, value: Value | undefined])[] = [
    ['id = ?', id],
    ['state = ?', state],
    ['id > ?', after ?? 0],
    ['id < ?', before],
  ];
  const asked = conditions.filter((entry): entry is readonly [string, Value] => entry[1] !== undefined);
  const rows = yield* sql.rows(
    `SELECT json FROM run WHERE ${asked.map(([text]) => text).join(' AND ')} ORDER BY id ` +
      `${oldest === undefined ? 'DESC' : 'ASC'} LIMIT ?`,
    [...asked.map(([, value]) => value), oldest ?? newest ?? Number.MAX_SAFE_INTEGER],
  );
  return rows.map((row) => String(row[0]));
}

export function* statuses(sql: Sql): SqlSteps<string[]> {
  return (yield* sql.rows('SELECT json FROM sup_status ORDER BY server')).map((row) => String(row[0]));
}

export function* linkNodes(sql: Sql): SqlSteps<LinkNodeRow[]> {
  const rows = yield* sql.rows('SELECT id, json, report, last_seen FROM link_node ORDER BY id');
  return rows.map(([nodeId, json, report, lastSeen]) => ({
    nodeId: Number(nodeId),
    json: String(json),
    report: String(report),
    lastSeen: Number(lastSeen),
  }));
}

export function* documentLocation(sql: Sql, revisionId: number): SqlSteps<DocumentLocation | undefined> {
  const row = yield* sql.row('SELECT segment, position, length FROM revision WHERE id = ?', [revisionId]);
  return row === undefined ? undefined : { segment: Number(row[0]), position: Number(row[1]), length: Number(row[2]) };
}

export function* licensedRevisions(sql: Sql, fromRevisionId: number): SqlSteps<LicensedRevision[]> {
  const rows = yield* sql.pages(
    `SELECT r.id, i.guid, r.number, r.segment, r.position, r.length FROM revision r JOIN identity i ON i.id = ` +
      `r.identity
     WHERE r.id > ? AND r.latest = 1 AND r.expired = 0 AND r.eula <> '' AND NOT EXISTS (SELECT 1 FROM ` +
      `software_update s WHERE s.identity = r.identity AND s.expired = 1) ORDER BY r.id`,
    [fromRevisionId - 1],
  );
  return rows.map(([revisionId, guid, revisionNumber, segment, position, length]) => ({
    revisionId: Number(revisionId),
    updateId: bytesToGuid(guid as Uint8Array),
    revisionNumber: Number(revisionNumber),
    location: { segment: Number(segment), position: Number(position), length: Number(length) },
  }));
}

function toCategory(row: Row): CategoryRow {
  const [categoryId, updateKey, guid, revisionId, typeName, title, parentId, allow, prohibits, subscribed] = row;
  return {
    categoryId: Number(categoryId),
    updateKey: Number(updateKey),
    updateId: bytesToGuid(guid as Uint8Array),
    revisionId: Number(revisionId),
    typeName: String(typeName),
    title: String(title),
    parentId: Number(parentId),
    allowSubscription: allow === 1,
    prohibitsUpdates: prohibits === 1,
    isSubscribed: subscribed === 1,
  };
}

function toSoftwareUpdate(row: Row): SoftwareUpdateRow {
  const number = (index: number): number => Number(row[index]);
  return {
    ciId: number(0),
    updateKey: number(1),
    revisionId: number(2),
    ciVersion: number(3),
    isExpired: row[4] === 1,
    isSuperseded: row[5] === 1,
    isHidden: row[6] === 1,
    isBundle: row[7] === 1,
    created: number(8),
    modified: number(9),
    maxExecutionSeconds: number(10),
    revisionNumber: number(11),
    standing: number(12),
    expiryReason: number(13),
    expiredSince: number(14),
    supersededSince: number(15),
    isRemoved: row[16] === 1,
    isDeclined: row[17] === 1,
    customSeverity: number(18),
  };
}
