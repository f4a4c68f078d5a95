import type { Value } from './Sql.js';
/**
 * Every statement that changes the embedded database, by name: the closed list that the journal records. None depends
 * on
 * the clock, on chance or on row order, so that a replay gives the same database.
 */
export const STATEMENTS = {
  putSetting: 'INSERT OR REPLACE INTO setting(name, value) VALUES(?, CAST(? AS TEXT))',
  putRequest: 'INSERT OR REPLACE INTO request(request_id, method, result, time) VALUES(?, ?, CAST(? AS TEXT), ?)',
  forgetRequests: 'DELETE FROM request WHERE time < ?',
  insertIdentity: 'INSERT INTO identity(id, guid) VALUES(?, ?)',
  /** Of format 1; replayed only. */
  insertRevision:
    `INSERT INTO revision(id, identity, number, latest, kind, expired, flags, title, description, ` +
    `language, article, bulletin, severity, created,
    size, url, locales, eula, category_type, segment, position, length, first_created) VALUES(?, ?, ?, ?, ?, ?, ` +
    `?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  addRevision:
    `INSERT INTO revision(id, identity, number, latest, kind, expired, flags, title, description, ` +
    `language, article, bulletin, severity, created,
    size, url, locales, eula, category_type, segment, position, length, first_created, stored) VALUES(?, ?, ?, ?, ` +
    `?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  notLatest: 'UPDATE revision SET latest = 0 WHERE identity = ? AND number < ?',
  /** The document was copied, or fetched again: only where it lies changes. */
  moveDocument: 'UPDATE revision SET segment = ?, position = ?, length = ? WHERE id = ?',
  lowerFirstCreated: 'UPDATE revision SET first_created = ? WHERE identity = ? AND first_created > ?',
  insertRelation: 'INSERT OR IGNORE INTO relation(revision, kind, clause, target, number) VALUES(?, ?, ?, ?, ?)',
  putCategory:
    `INSERT OR REPLACE INTO category(id, identity, revision, type, parent, allow_subscription, ` +
    `prohibits_updates, subscribed)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?)`,
  /** Of format 1; replayed only. */
  putSoftwareUpdate:
    `INSERT OR REPLACE INTO software_update(id, identity, revision, version, expired, ` +
    `superseded, hidden, bundle, created, modified, max_execution)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
    ON CONFLICT(id) DO UPDATE SET version = max(excluded.version, version + (revision <> excluded.revision OR ` +
    `expired <> excluded.expired OR superseded <> excluded.superseded
      OR hidden <> excluded.hidden OR bundle <> excluded.bundle OR removed <> excluded.removed)), modified = ` +
    `max(modified, excluded.modified),
    revision = excluded.revision, expired = excluded.expired, superseded = excluded.superseded, hidden = ` +
    `excluded.hidden, bundle = excluded.bundle, standing = excluded.standing,
    reason = excluded.reason, expired_since = excluded.expired_since, superseded_since = ` +
    `excluded.superseded_since, removed = excluded.removed, declined = excluded.declined`,
  setOverride:
    `UPDATE software_update SET custom_severity = coalesce(?, custom_severity), max_execution = ` +
    `coalesce(?, max_execution), version = version + 1,
    modified = max(modified, ?) WHERE id = ?`,
  deleteSoftwareUpdate: 'DELETE FROM software_update WHERE id = ?',
  /** Declined in the catalogue; nothing else of the row changes, whoever else changes it meanwhile. */
  declineUpdate: 'UPDATE software_update SET declined = 1, modified = ? WHERE id = ?',
  deleteRevision: 'DELETE FROM revision WHERE id = ?',
  deleteRelations: 'DELETE FROM relation WHERE revision = ?',
  markObsolete: 'INSERT OR IGNORE INTO obsolete(identity, number) VALUES(?, ?)',
  unmarkObsolete: 'DELETE FROM obsolete WHERE identity = ? AND number = ?',
  /** Of updates of which nothing is stored any more. */
  forgetObsolete: 'DELETE FROM obsolete WHERE identity NOT IN (SELECT identity FROM revision)',
  putRun: 'INSERT OR REPLACE INTO run(id, state, json) VALUES(?, ?, ?)',
  putStatus: 'INSERT OR REPLACE INTO sup_status(server, json) VALUES(?, ?)',
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
