import { SyncError } from '../../errors/SyncError.js';
import type { PostgresSession } from './PostgresSession.js';
import type { PostgresTransactions } from './PostgresTransactions.js';
import { POSTGRES_SCHEMA, TABLES_LOCK } from './postgresTables.js';

const INDEX = 'revision_title_trigram';
/**
 * A row where there is anything to be done. Not before there are titles: to keep the index up while they come takes
 * longer than to make it of all of them. The extension makes letters small as the language of the database does: where
 * that is not so for I and i (Turkish), its index would miss titles.
 */
const WANTED =
  `SELECT 1 WHERE to_regclass('${POSTGRES_SCHEMA}.${INDEX}') IS NULL AND lower('I' COLLATE "default") = 'i' AND ` +
  `EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') AND ` +
  `pg_relation_size(to_regclass('${POSTGRES_SCHEMA}.revision')) > 0`;
/** An administrator may have put it elsewhere. */
const PLACE =
  'SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace ' +
  "WHERE e.extname = 'pg_trgm'";

/** Whether `indexTitles` has anything to do. */
export async function lacksTitleIndex({ query }: PostgresSession): Promise<boolean> {
  return (await query(WANTED)).length > 0;
}

/**
 * Makes an index by which a part of a title is found (pg_trgm), where there are titles and none yet, the server has it
 * and the user may make it. Without it such a search reads all titles.
 */
export async function indexTitles(transactions: PostgresTransactions): Promise<void> {
  try {
    if (await transactions.read(lacksTitleIndex)) await transactions.write({ body: makeIndex });
  } catch (error) {
    // Somebody else may make it; the site works.
    if (!(error instanceof SyncError) || error.errorId !== 'DatabaseRightsMissing') throw error;
  }
}

async function makeIndex({ query }: PostgresSession): Promise<void> {
  // Two that make an extension at the same time: one of them fails, whatever IF NOT EXISTS says.
  await query('SELECT pg_advisory_xact_lock($1, $2)', TABLES_LOCK);
  await query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
  const [[schema] = []] = await query(PLACE);
  await query(`CREATE INDEX IF NOT EXISTS ${INDEX} ON revision USING gin (title ${String(schema)}.gin_trgm_ops)`);
}
