/** Version of the tables and of the journal's statements; a snapshot of a newer one is refused. */
export const FORMAT = 1;

/** Tables of the embedded site database. Update ids are stored once (identity) and named by number everywhere else. */
export const SCHEMA = `
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE request(request_id TEXT PRIMARY KEY, method TEXT NOT NULL, result TEXT NOT NULL, time INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE identity(id INTEGER PRIMARY KEY, guid BLOB NOT NULL UNIQUE);
CREATE TABLE revision(
  id INTEGER PRIMARY KEY, identity INTEGER NOT NULL, number INTEGER NOT NULL, latest INTEGER NOT NULL, kind INTEGER NOT NULL, expired INTEGER NOT NULL,
  flags INTEGER NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL, language TEXT NOT NULL, article TEXT NOT NULL, bulletin TEXT NOT NULL,
  severity INTEGER NOT NULL, created INTEGER NOT NULL, size INTEGER NOT NULL, url TEXT NOT NULL, locales TEXT NOT NULL, eula TEXT NOT NULL,
  category_type TEXT NOT NULL, segment INTEGER NOT NULL, position INTEGER NOT NULL, length INTEGER NOT NULL, first_created INTEGER NOT NULL,
  UNIQUE(identity, number));
CREATE INDEX revision_article ON revision(article) WHERE article <> '';
CREATE TABLE relation(
  revision INTEGER NOT NULL, kind INTEGER NOT NULL, clause INTEGER NOT NULL, target INTEGER NOT NULL, number INTEGER NOT NULL,
  PRIMARY KEY(revision, kind, clause, target)) WITHOUT ROWID;
-- A query must say kind > 0 itself: SQLite does not conclude it from kind = 3.
CREATE INDEX relation_target ON relation(target, kind) WHERE kind > 0;
CREATE TABLE category(
  id INTEGER PRIMARY KEY, identity INTEGER NOT NULL UNIQUE, revision INTEGER NOT NULL, type TEXT NOT NULL, parent INTEGER NOT NULL,
  allow_subscription INTEGER NOT NULL, prohibits_updates INTEGER NOT NULL, subscribed INTEGER NOT NULL);
CREATE TABLE software_update(
  id INTEGER PRIMARY KEY, identity INTEGER NOT NULL UNIQUE, revision INTEGER NOT NULL, version INTEGER NOT NULL, expired INTEGER NOT NULL,
  superseded INTEGER NOT NULL, hidden INTEGER NOT NULL, bundle INTEGER NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL, max_execution INTEGER NOT NULL);
CREATE INDEX software_update_revision ON software_update(revision);
CREATE TABLE run(id INTEGER PRIMARY KEY, state TEXT NOT NULL, json TEXT NOT NULL);
CREATE TABLE sup_status(server TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE status_message(id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL, time INTEGER NOT NULL, json TEXT NOT NULL);
`;
