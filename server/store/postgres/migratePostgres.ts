import { SyncError } from '../../errors/SyncError.js';
import { isAtWork } from '../SharedStore.js';
import { DIALECTS, inDialect } from '../sql/dialects.js';
import { FIRST_FORMAT, FORMAT, MIGRATIONS, SCHEMA } from '../sql/schema.js';
import type { PostgresSession } from './PostgresSession.js';
import type { PostgresTransactions } from './PostgresTransactions.js';
import type { ColumnTypes } from './joinedStatement.js';
import { storedServers } from './leaseRow.js';
import { comeBack, refuseLeft } from './leftDatabase.js';
import { OWN_MIGRATIONS, POSTGRES_SCHEMA, STORE_TABLE, TABLES_LOCK } from './postgresTables.js';
import { newerFormat, type StoreFormats, storeFormat } from './storeFormat.js';

/** Every step of the tables that all engines have, from nothing on. */
const STEPS = [SCHEMA, ...MIGRATIONS].map((text) => inDialect(text, DIALECTS.postgres));

/** What information_schema says too, for twenty times the work. */
const COLUMNS =
  "SELECT c.relname || '.' || a.attname, format_type(a.atttypid, NULL) FROM pg_attribute a JOIN pg_class c ON " +
  "c.oid = a.attrelid WHERE c.relnamespace = to_regnamespace($1) AND c.relkind = 'r' AND a.attnum > 0 AND " +
  'NOT a.attisdropped';

/** Whose a database is, and what messages call it. */
interface PostgresSite {
  readonly siteGuid: string;
  readonly where: string;
  /** Id of the server that opens it. */
  readonly self?: string;
  /** True for a site that has it already: its tables are never made again. */
  readonly isThere?: boolean;
}

/**
 * Makes the tables, or brings them to the format of this version, whole or not at all. Gives the other servers that
 * work at this moment where tables were changed under them, as hosts with their versions.
 * @throws SyncError StoreNewerFormat, DatabaseOfOtherSite, SiteNotInDatabase
 */
export async function migratePostgres(
  transactions: PostgresTransactions,
  site: PostgresSite,
): Promise<readonly string[]> {
  return transactions.write({
    body: async (session) => {
      await refuseOtherSession(session, site.where);
      await session.query('SELECT pg_advisory_xact_lock($1, $2)', TABLES_LOCK);
      if (site.isThere === true) await refuseEmpty(session, site.where);
      await session.query(STORE_TABLE);
      const found = await foundStore(session, site);
      const from = found.format === 0 ? 0 : found.format - FIRST_FORMAT + 1;
      for (const step of [...STEPS.slice(from), ...OWN_MIGRATIONS.slice(found.ownFormat)])
        if (step.trim() !== '') await session.query(step);
      return (await keepFormat(session)) ? othersAtWork(session, site.self) : [];
    },
  });
}

/** What the tables are made of. */
export async function columnTypes({ query }: PostgresSession): Promise<ColumnTypes> {
  const columns = await query(COLUMNS, [POSTGRES_SCHEMA]);
  return new Map(columns.map(([column, type]) => [String(column), String(type)]));
}

/**
 * Where the tables are changed, engines of the version before write no more: their lease ends, and they get none. Who
 * takes the lease tells them.
 */
async function keepFormat({ query }: PostgresSession): Promise<boolean> {
  const changed = await query(
    'UPDATE store SET format = $1, own_format = $2, epoch = epoch + CASE format WHEN 0 THEN 0 ELSE 1 END ' +
      'WHERE format <> $1 OR own_format <> $2 RETURNING 1',
    [FORMAT, OWN_MIGRATIONS.length],
  );
  if (changed.length === 0) return false;
  await query("UPDATE lease SET engine = '', expires = 0");
  return true;
}

async function othersAtWork(session: PostgresSession, self: string | undefined): Promise<readonly string[]> {
  const others = (await storedServers(session)).filter((server) => server.id !== self && isAtWork(server));
  return others.map(({ host, version }) => `${host} (${version})`);
}

/** A pool that gives each transaction another connection would have the tables made elsewhere. */
async function refuseOtherSession({ query }: PostgresSession, where: string): Promise<void> {
  const [[schema] = []] = await query("SELECT current_setting('search_path')");
  if (schema === POSTGRES_SCHEMA) return;
  const reason = 'its connections do not keep their settings; a pool such as PgBouncer has to be in session mode';
  throw new SyncError('SiteNotInDatabase', { where, reason });
}

/** Who opens a site does not begin an empty one where its tables are gone. */
async function refuseEmpty({ query }: PostgresSession, where: string): Promise<void> {
  const [there] = await query('SELECT to_regclass($1) IS NOT NULL', [`${POSTGRES_SCHEMA}.store`]);
  const [store] = there?.[0] === true ? await query('SELECT 1 FROM store') : [];
  if (store === undefined) throw new SyncError('SiteNotInDatabase', { where, reason: 'it has no tables of a site' });
}

async function foundStore(session: PostgresSession, { siteGuid, where, self }: PostgresSite): Promise<StoreFormats> {
  await session.query("INSERT INTO store VALUES(true, $1, 0, 0, 0, '') ON CONFLICT DO NOTHING", [siteGuid]);
  // What others are about to write is there before the tables are changed.
  await session.query('SELECT 1 FROM store FOR UPDATE');
  await comeBack(session, self);
  const found = (await storeFormat(session)) ?? { site: siteGuid, format: 0, ownFormat: 0 };
  if (found.site !== siteGuid) throw new SyncError('DatabaseOfOtherSite', { where, site: found.site });
  refuseLeft(found.format, where);
  const newer = newerFormat(found, where);
  if (newer !== undefined) throw newer;
  return found;
}
