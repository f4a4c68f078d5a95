/** Where in the database the tables of the site are: others may have tables beside them. */
export const POSTGRES_SCHEMA = 'configmgrsync';

/** What is in PostgreSQL alone: the format of the tables, whose they are, and who writes. */
export const STORE_TABLE =
  // IF NOT EXISTS would ask for the right to make one also where an administrator has made it for the user.
  `DO $$ BEGIN IF to_regnamespace('${POSTGRES_SCHEMA}') IS NULL THEN CREATE SCHEMA ${POSTGRES_SCHEMA}; END IF; END $$;
CREATE TABLE IF NOT EXISTS store(only_row boolean PRIMARY KEY DEFAULT true CHECK(only_row), site text NOT NULL, ` +
  `format bigint NOT NULL, own_format bigint NOT NULL, epoch bigint NOT NULL, token text NOT NULL);
`;

/** Formats of what is in PostgreSQL alone, in order. */
export const OWN_MIGRATIONS: readonly string[] = [
  `
CREATE SEQUENCE document_segment_number START 4096;
CREATE TABLE document_segment(number bigint PRIMARY KEY, size bigint NOT NULL);
CREATE TABLE document_piece(segment bigint, block bigint, piece integer, bytes bytea NOT NULL, PRIMARY KEY(segment, ` +
    `block, piece));
-- What is packed does not become smaller, and its length is known without reading it.
ALTER TABLE document_piece ALTER COLUMN bytes SET STORAGE EXTERNAL;
`,
  // Times in ms since 1970 on the clock of the database.
  `
CREATE TABLE server(id text PRIMARY KEY, engine text NOT NULL, host text NOT NULL, process bigint NOT NULL, ` +
    `version text NOT NULL, since bigint NOT NULL, heartbeat bigint NOT NULL);
CREATE TABLE lease(only_row boolean PRIMARY KEY DEFAULT true CHECK(only_row), server text NOT NULL, ` +
    `engine text NOT NULL, epoch bigint NOT NULL, expires bigint NOT NULL);
INSERT INTO lease VALUES(true, '', '', 0, 0);
`,
  `
CREATE TABLE site_key(name text PRIMARY KEY, sealed bytea NOT NULL);
CREATE TABLE license_terms(digest text PRIMARY KEY, bytes bytea NOT NULL);
CREATE TABLE carried_request(id text PRIMARY KEY, method text NOT NULL, asker text NOT NULL, params bytea NOT NULL, ` +
    `asked bigint NOT NULL, touched bigint NOT NULL, answer bytea);
CREATE TABLE carried_file(id text, part text, piece integer, bytes bytea NOT NULL, stored bigint NOT NULL, ` +
    `PRIMARY KEY(id, part, piece));
ALTER TABLE carried_file ALTER COLUMN bytes SET STORAGE EXTERNAL;
`,
  // Of each lease that another one has followed: who had it, and its last transaction.
  `
CREATE TABLE past_lease(epoch bigint PRIMARY KEY, engine text NOT NULL, token text NOT NULL);
`,
];

/** Where those that share a database hear of each other. */
export const CHANNEL = 'configmgrsync';

/** Of the lock under which one server after the other looks at the tables. */
export const TABLES_LOCK = [0x434d_5359, 0x4e43_0001];
