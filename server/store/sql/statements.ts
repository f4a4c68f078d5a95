import type { Value } from './Sql.js';

/** Of format 1: only a journal of sql.js replays them, and only SQLite knows their words. */
const OF_FORMAT_1 = {
  insertRevision:
    `INSERT INTO revision(id, identity, number, latest, kind, expired, flags, title, description, ` +
    `language, article, bulletin, severity, created,
    size, url, locales, eula, category_type, segment, position, length, first_created) VALUES(?, ?, ?, ?, ?, ?, ` +
    `?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  putSoftwareUpdate:
    `INSERT OR REPLACE INTO software_update(id, identity, revision, version, expired, ` +
    `superseded, hidden, bundle, created, modified, max_execution)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
};

/** Of formats 2 to 8: only a journal of sql.js replays it. Descriptions stood in the row, prerequisites in others. */
const OF_FORMATS_2_TO_8 = {
  addRevision:
    `INSERT INTO revision(id, identity, number, latest, kind, expired, flags, title, description, ` +
    `language, article, bulletin, severity, created,
    size, url, locales, eula, category_type, segment, position, length, first_created, stored) VALUES(?, ?, ?, ?, ` +
    `?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
};

/**
 * Every statement that changes a site database, by name, in standard words (dialects.ts): the closed list that a
 * journal records. None depends on the clock, on chance or on row order, so that a replay gives the same database.
 */
export const STATEMENTS = {
  ...OF_FORMAT_1,
  ...OF_FORMATS_2_TO_8,
  putSetting:
    'INSERT INTO setting(name, value) VALUES(?, CAST(? AS TEXT)) ON CONFLICT(name) DO UPDATE SET value = ' +
    'excluded.value',
  putRequest:
    'INSERT INTO request(request_id, method, result, time) VALUES(?, ?, CAST(? AS TEXT), ?) ON CONFLICT(request_id) ' +
    'DO UPDATE SET method = excluded.method, result = excluded.result, time = excluded.time',
  forgetRequests: 'DELETE FROM request WHERE time < ?',
  insertIdentity: 'INSERT INTO identity(id, guid) VALUES(?, ?)',
  storeRevision:
    `INSERT INTO revision(id, identity, number, latest, kind, expired, flags, title, language, article, bulletin, ` +
    `severity, created, size, url, locales, eula, category_type, segment, position, length, first_created, stored, ` +
    `prerequisites, description_id) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  addDescription: 'INSERT INTO description(id, digest, text) VALUES(?, ?, ?)',
  /** Once no revision has it any more. */
  forgetDescription:
    'DELETE FROM description WHERE id = ? AND NOT EXISTS(SELECT 1 FROM revision WHERE description_id = ?)',
  notLatest: 'UPDATE revision SET latest = 0 WHERE identity = ? AND number < ?',
  /** The document was copied, or fetched again: only where it lies changes. */
  moveDocument: 'UPDATE revision SET segment = ?, position = ?, length = ? WHERE id = ?',
  lowerFirstCreated: 'UPDATE revision SET first_created = ? WHERE identity = ? AND first_created > ?',
  insertRelation:
    'INSERT INTO relation(revision, kind, clause, target, number) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  putCategory:
    `INSERT INTO category(id, identity, revision, type, parent, allow_subscription, ` +
    `prohibits_updates, subscribed)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET identity = excluded.identity, revision = ` +
    `excluded.revision, type = excluded.type, parent = excluded.parent, allow_subscription = ` +
    `excluded.allow_subscription, prohibits_updates = excluded.prohibits_updates, subscribed = excluded.subscribed`,
  /**
   * A row that exists keeps its overrides, and a version that an override has raised meanwhile rises once more when
   * something changes that
   * commands show: a synchronization decides on rows that it has read before.
   */
  putUpdate:
    `INSERT INTO software_update(id, identity, revision, version, expired, superseded, hidden, bundle, ` +
    `created, modified, max_execution,
    standing, reason, expired_since, superseded_since, removed, declined, custom_severity) VALUES(?, ?, ?, ?, ?, ` +
    `?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT(id) DO UPDATE SET version = greatest(excluded.version, software_update.version + CASE WHEN ` +
    `software_update.revision <> excluded.revision OR software_update.expired <> excluded.expired OR ` +
    `software_update.superseded <> excluded.superseded OR software_update.hidden <> excluded.hidden OR ` +
    `software_update.bundle <> excluded.bundle OR software_update.removed <> excluded.removed THEN 1 ELSE 0 END),
    modified = greatest(software_update.modified, excluded.modified),
    revision = excluded.revision, expired = excluded.expired, superseded = excluded.superseded, hidden = ` +
    `excluded.hidden, bundle = excluded.bundle, standing = excluded.standing,
    reason = excluded.reason, expired_since = excluded.expired_since, superseded_since = ` +
    `excluded.superseded_since, removed = excluded.removed, declined = excluded.declined`,
  setOverride:
    `UPDATE software_update SET custom_severity = coalesce(?, custom_severity), max_execution = ` +
    `coalesce(?, max_execution), version = version + 1,
    modified = greatest(modified, ?) WHERE id = ?`,
  deleteSoftwareUpdate: 'DELETE FROM software_update WHERE id = ?',
  /** Declined in the catalogue; nothing else of the row changes, whoever else changes it meanwhile. */
  declineUpdate: 'UPDATE software_update SET declined = 1, modified = ? WHERE id = ?',
  deleteRevision: 'DELETE FROM revision WHERE id = ?',
  deleteRelations: 'DELETE FROM relation WHERE revision = ?',
  markObsolete: 'INSERT INTO obsolete(identity, number) VALUES(?, ?) ON CONFLICT DO NOTHING',
  unmarkObsolete: 'DELETE FROM obsolete WHERE identity = ? AND number = ?',
  /** Of updates of which nothing is stored any more. */
  forgetObsolete: 'DELETE FROM obsolete WHERE identity NOT IN (SELECT identity FROM revision)',
  putRun:
    'INSERT INTO run(id, state, json) VALUES(?, ?, ?) ON CONFLICT(id) DO UPDATE SET state = excluded.state, ' +
    'json = excluded.json',
  putStatus: 'INSERT INTO sup_status(server, json) VALUES(?, ?) ON CONFLICT(server) DO UPDATE SET json = excluded.json',
  insertMessage: 'INSERT INTO status_message(id, message_id, time, json) VALUES(?, ?, ?, ?)',
  /** The newest message always stays, so that no number comes twice. */
  forgetMessages: 'DELETE FROM status_message WHERE time < ? AND id < ?',
  deleteRun: 'DELETE FROM run WHERE id = ?',
  deleteRunChanges: 'DELETE FROM run_change WHERE run = ?',
  addRunChanges: 'INSERT INTO run_change(run, part, data) VALUES(?, ?, ?)',
  forgetRunChanges: 'DELETE FROM run_change WHERE run <= ?',
  deleteStatus: 'DELETE FROM sup_status WHERE server = ?',
  putLinkNode:
    "INSERT INTO link_node(id, json, report, last_seen) VALUES(?, ?, '', 0) ON CONFLICT(id) DO UPDATE SET json = " +
    'excluded.json',
  putLinkReport: 'UPDATE link_node SET report = ?, last_seen = ? WHERE id = ?',
  addDelivery:
    'INSERT INTO delivery(id, alert, receiver, batch, state, is_open, attempts, due, ended, error, json) ' +
    "VALUES(?, ?, ?, 0, 0, ?, 0, 0, 0, '', ?)",
  /** A whole row, of another database. */
  putDelivery:
    'INSERT INTO delivery(id, alert, receiver, batch, state, is_open, attempts, due, ended, error, json, refused) ' +
    'VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  /** The alert is over: who was told of it is not to be told again. */
  closeDeliveries: 'UPDATE delivery SET is_open = 0 WHERE alert = ? AND is_open = 1',
  gatherDeliveries: 'UPDATE delivery SET batch = ? WHERE state = 0 AND receiver = ? AND batch = 0 AND id <= ?',
  putOffDeliveries:
    'UPDATE delivery SET attempts = ?, due = ?, error = ? WHERE state = 0 AND receiver = ? AND batch = ?',
  markDeliveries: 'UPDATE delivery SET refused = ? WHERE state = 0 AND receiver = ? AND batch = ?',
  endDeliveries: 'UPDATE delivery SET state = ?, ended = ?, error = ? WHERE state = 0 AND receiver = ? AND batch = ?',
  dropDeliveries: 'DELETE FROM delivery WHERE receiver = ?',
  forgetDeliveries: 'DELETE FROM delivery WHERE state > 0 AND is_open = 0 AND ended < ?',
} as const;

export type StatementName = keyof typeof STATEMENTS;

/** Characters from which a text is given as its bytes. */
const LONG_TEXT = 16 * 1024;
/** Statements that make text of the bytes that they get: sql.js copies a text character by character. */
export const TAKES_BYTES: ReadonlySet<StatementName> = new Set(['putSetting', 'putRequest']);

/** The values as they are bound: a long text as bytes where the statement takes them. */
export function boundValues(name: StatementName, values: readonly Value[]): readonly Value[] {
  if (!TAKES_BYTES.has(name)) return values;
  return values.map((value) =>
    typeof value === 'string' && value.length >= LONG_TEXT ? Buffer.from(value, 'utf8') : value,
  );
}

/** Names in the order of their numbers in a journal; each journal carries its own list in its header. */
export const STATEMENT_NAMES = Object.keys(STATEMENTS) as StatementName[];

/** How many values a statement takes; undefined for a name that is not known. */
export function parameterCount(name: string): number | undefined {
  return Object.hasOwn(STATEMENTS, name) ? STATEMENTS[name as StatementName].split('?').length - 1 : undefined;
}

/** Runs a statement of the list: what it changes is there when something is read next. */
export type Run = (name: StatementName, values: readonly Value[]) => void;
