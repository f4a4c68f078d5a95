/** Version of the tables and of the journal's statements; a snapshot of a newer one is refused. */
export const FORMAT = 9;
export const FIRST_FORMAT = 1;
/** Its migration makes rows so much shorter that a database is written again: its pages would stay half empty. */
export const PACKED_FORMAT = 9;

/**
 * Tables of format 1; `MIGRATIONS` make the rest of them. Update ids are stored once (identity) and named by number
 * everywhere else.
 */
export const SCHEMA =
  `
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE request(request_id TEXT PRIMARY KEY, method TEXT NOT NULL, result TEXT NOT NULL, time INTEGER NOT ` +
  `NULL) WITHOUT ROWID;
CREATE TABLE identity(id INTEGER PRIMARY KEY, guid BLOB NOT NULL UNIQUE);
CREATE TABLE revision(
  id INTEGER PRIMARY KEY, identity INTEGER NOT NULL, number INTEGER NOT NULL, latest INTEGER NOT NULL, kind ` +
  `INTEGER NOT NULL, expired INTEGER NOT NULL,
  flags INTEGER NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL, language TEXT NOT NULL, article TEXT ` +
  `NOT NULL, bulletin TEXT NOT NULL,
  severity INTEGER NOT NULL, created INTEGER NOT NULL, size INTEGER NOT NULL, url TEXT NOT NULL, locales TEXT NOT ` +
  `NULL, eula TEXT NOT NULL,
  category_type TEXT NOT NULL, segment INTEGER NOT NULL, position INTEGER NOT NULL, length INTEGER NOT NULL, ` +
  `first_created INTEGER NOT NULL,
  UNIQUE(identity, number));
CREATE INDEX revision_article ON revision(article) WHERE article <> '';
CREATE TABLE relation(
  revision INTEGER NOT NULL, kind INTEGER NOT NULL, clause INTEGER NOT NULL, target INTEGER NOT NULL, number ` +
  `INTEGER NOT NULL,
  PRIMARY KEY(revision, kind, clause, target)) WITHOUT ROWID;
-- A query must say kind > 0 itself: SQLite does not conclude it from kind = 3.
CREATE INDEX relation_target ON relation(target, kind) WHERE kind > 0;
CREATE TABLE category(
  id INTEGER PRIMARY KEY, identity INTEGER NOT NULL UNIQUE, revision INTEGER NOT NULL, type TEXT NOT NULL, parent ` +
  `INTEGER NOT NULL,
  allow_subscription INTEGER NOT NULL, prohibits_updates INTEGER NOT NULL, subscribed INTEGER NOT NULL);
CREATE TABLE software_update(
  id INTEGER PRIMARY KEY, identity INTEGER NOT NULL UNIQUE, revision INTEGER NOT NULL, version INTEGER NOT NULL, ` +
  `expired INTEGER NOT NULL,
  superseded INTEGER NOT NULL, hidden INTEGER NOT NULL, bundle INTEGER NOT NULL, created INTEGER NOT NULL, ` +
  `modified INTEGER NOT NULL, max_execution INTEGER NOT NULL);
CREATE INDEX software_update_revision ON software_update(revision);
CREATE TABLE run(id INTEGER PRIMARY KEY, state TEXT NOT NULL, json TEXT NOT NULL);
CREATE TABLE sup_status(server TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE status_message(id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL, time INTEGER NOT NULL, json TEXT ` +
  `NOT NULL);
`;

/**
 * What makes format n + 2 of format n + 1, in order: new and old databases go the same way. The format of an image
 * stands in its user_version, 0 for the first.
 */
export const MIGRATIONS: readonly string[] = [
  `
ALTER TABLE revision ADD COLUMN stored INTEGER NOT NULL DEFAULT 0;
ALTER TABLE software_update ADD COLUMN standing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE software_update ADD COLUMN reason INTEGER NOT NULL DEFAULT 0;
ALTER TABLE software_update ADD COLUMN expired_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE software_update ADD COLUMN superseded_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE software_update ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE software_update ADD COLUMN declined INTEGER NOT NULL DEFAULT 0;
ALTER TABLE software_update ADD COLUMN custom_severity INTEGER NOT NULL DEFAULT 0;
CREATE INDEX software_update_expired ON software_update(expired_since) WHERE expired = 1 AND removed = 0;
CREATE INDEX software_update_due ON software_update(superseded_since) WHERE superseded_since > 0 AND expired = 0;
-- Revisions that maintenance has removed: known, so that a full list does not bring them back.
CREATE TABLE obsolete(identity INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY(identity, number)) WITHOUT ROWID;
`,
  `
-- Since format 3 records of documents may also have notes behind the document, which an older version takes for damage.
-- Nodes that have joined this site, revoked ones too, so that no id is used twice; the last report of each as it came.
CREATE TABLE link_node(id INTEGER PRIMARY KEY, json TEXT NOT NULL, report TEXT NOT NULL, last_seen INTEGER NOT NULL);
-- What runs did to software updates, packed (runChanges.ts).
CREATE TABLE run_change(run INTEGER NOT NULL, part INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY(run, part)) ` +
    `WITHOUT ROWID;
`,
  // Since format 4 journals and snapshots say whose they are and what they go on from, and the site is sealed.
  '',
  // Since format 5 segments of documents say whose they are and which, and snapshots and transactions are packed.
  '',
  // Since format 6 documents are packed in blocks; segments of earlier formats are read as they are.
  '',
  `
-- What subscribers of alerts are to be told. Those with the same batch go in one message; 0 for not gathered yet.
CREATE TABLE delivery(
  id INTEGER PRIMARY KEY, alert INTEGER NOT NULL, receiver TEXT NOT NULL, batch INTEGER NOT NULL, state INTEGER ` +
    `NOT NULL, is_open INTEGER NOT NULL,
  attempts INTEGER NOT NULL, due INTEGER NOT NULL, ended INTEGER NOT NULL, error TEXT NOT NULL, json TEXT NOT NULL);
CREATE INDEX delivery_waiting ON delivery(receiver, batch) WHERE state = 0;
CREATE INDEX delivery_ended ON delivery(receiver, state, ended) WHERE state > 0;
CREATE INDEX delivery_open ON delivery(alert) WHERE is_open = 1;
`,
  // Since format 8 old runs and status messages go, which an earlier version does not replay; and a message that its
  // receiver has refused holds no later one.
  'ALTER TABLE delivery ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;',
  `
-- Prerequisites are read by their revision alone: they are packed in its row (packedPrerequisites.ts). Many revisions
-- have the same description: it is stored once, and found by its digest, which those of before do not have.
ALTER TABLE revision ADD COLUMN prerequisites TEXT NOT NULL DEFAULT '';
ALTER TABLE revision ADD COLUMN description_id INTEGER NOT NULL DEFAULT 0;
UPDATE revision SET prerequisites = made.packed, description_id = made.first_id FROM (
  SELECT r.id, coalesce(p.packed, '') AS packed, CASE r.description WHEN '' THEN 0 ELSE min(r.id) OVER (PARTITION BY ` +
    `r.description) END AS first_id FROM revision r LEFT JOIN (
    SELECT revision, string_agg(targets, ';' ORDER BY clause) AS packed FROM (
      SELECT revision, clause, string_agg(CAST(target AS TEXT), ',' ORDER BY target) AS targets FROM relation WHERE ` +
    `kind = 0 GROUP BY revision, clause) AS clauses GROUP BY revision) AS p ON p.revision = r.id) AS made
  WHERE revision.id = made.id;
DELETE FROM relation WHERE kind = 0;
CREATE TABLE description(id INTEGER PRIMARY KEY, digest BLOB NOT NULL, text TEXT NOT NULL);
INSERT INTO description(id, digest, text)
  SELECT id, CAST('' AS BLOB), description FROM revision WHERE description_id = id;
CREATE INDEX description_digest ON description(digest);
CREATE INDEX revision_description ON revision(description_id);
ALTER TABLE revision DROP COLUMN description;
`,
];
