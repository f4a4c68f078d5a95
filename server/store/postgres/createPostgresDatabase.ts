import { reasonOf, SyncError } from '../../errors/SyncError.js';
import type { SiteDatabase, StoreSize } from '../SiteDatabase.js';
import type { ServerEngine } from '../SiteRole.js';
import type { DatabaseInspection, StoreProblem } from '../StoreInspection.js';
import { keepCategories } from '../keepCategories.js';
import { createQueries } from '../sql/createQueries.js';
import { Identities } from '../sql/Identities.js';
import type { Ask, PostgresSession } from './PostgresSession.js';
import type { CommitWitness } from './CommitWitness.js';
import { PostgresSql } from './PostgresSql.js';
import type { PostgresTransactions } from './PostgresTransactions.js';
import { PostgresWriter } from './PostgresWriter.js';
import type { Lease } from './Lease.js';
import { causeOfFailure } from './newerTables.js';
import { POSTGRES_SCHEMA } from './postgresTables.js';

interface PostgresSite {
  readonly transactions: PostgresTransactions;
  /** Code of the site, and the database as messages name it. */
  readonly site: string;
  readonly where: string;
  readonly self: ServerEngine;
  readonly lease: Lease;
  readonly witness: CommitWitness | undefined;
}

/** The site database in PostgreSQL. */
export function createPostgresDatabase({ transactions, ...writing }: PostgresSite): SiteDatabase {
  const { lease, where } = writing;
  const writer = new PostgresWriter(transactions, writing);
  let isInDoubt = false;
  const sql = new PostgresSql(asking(transactions, where), () => lease.mayAct && !isInDoubt);
  const queries = createQueries(sql, new Identities(sql, true));
  const { categories, commit, forgetCategories } = keepCategories({
    ...queries,
    commit: async (changes) => writer.commit(changes),
  });
  forgetOnNews(lease, sql, forgetCategories);
  const inFilesOnly = (what: string): SyncError => new SyncError('StoreInDatabase', { where, what });
  return {
    ...queries,
    categories,
    commit: async (changes) => {
      try {
        await commit(changes);
        if (isInDoubt) sql.forgetSettings(['*']);
        isInDoubt = false;
      } catch (error) {
        // The server may still do it. The next transaction waits for it.
        isInDoubt = true;
        throw error;
      } finally {
        sql.forgetSettings(Object.keys(changes.settings ?? {}));
      }
    },
    size: async () => transactions.read(sizeOf),
    inspect: async (quick) => inspectPostgres(transactions, where, quick),
    // PostgreSQL keeps its own log short.
    fold: async () => Promise.resolve(),
    hold: async () => Promise.reject(inFilesOnly('a backup of files')),
    rewrite: async () => Promise.reject(inFilesOnly('writing its files again')),
    close: async () => {
      await writer.close();
      await lease.stop();
      await transactions.close();
    },
  };
}

/** Asks the server; a failure names its cause where tables of a newer version are it. */
function asking(transactions: PostgresTransactions, where: string): Ask {
  return async (text, values) =>
    transactions
      .read(async (session) => answerOf(session, text, values))
      .catch(async (error: unknown) => {
        throw await causeOfFailure(error, transactions, where);
      });
}

/** What this engine keeps of the tables goes with what other engines commit. */
function forgetOnNews(lease: Lease, sql: PostgresSql, forgetCategories: () => void): void {
  lease.news.add((news) => {
    if (news.kind !== 'Commit' && news.kind !== 'Missed') return;
    if (news.kind === 'Missed' || news.parts.includes('categories')) forgetCategories();
    if (news.kind === 'Missed') sql.categoryIds.forget();
    sql.forgetSettings(news.kind === 'Missed' ? ['*'] : news.settings);
  });
}

/** Without the pattern PostgreSQL does not know that its index of titles finds few: it would read all of them. */
const PLANNED_WITH_VALUES = 'BEGIN; SET LOCAL plan_cache_mode = force_custom_plan';

/** In one way to the server and back. */
async function answerOf({ query }: PostgresSession, ...[text, values]: Parameters<Ask>): ReturnType<Ask> {
  if (!text.includes(' ILIKE ')) return query(text, values);
  const asked = [query(PLANNED_WITH_VALUES), query(text, values), query('COMMIT')] as const;
  // The connection is given to others when nothing is under way on it.
  await Promise.allSettled(asked);
  const [, rows] = await Promise.all(asked);
  return rows;
}

const SIZES =
  "SELECT coalesce(sum(pg_total_relation_size(oid)) FILTER (WHERE relname NOT LIKE 'document%'), 0)::bigint, " +
  "coalesce(sum(pg_total_relation_size(oid)) FILTER (WHERE relname LIKE 'document%'), 0)::bigint " +
  "FROM pg_class WHERE relnamespace = to_regnamespace($1) AND relkind = 'r'";

/** Tables with their indexes. */
async function sizeOf({ query }: PostgresSession): Promise<StoreSize> {
  const [row = []] = await query(SIZES, [POSTGRES_SCHEMA]);
  return { database: Number(row[0]), documents: Number(row[1]) };
}

/** Reads every row of every table; `quick` looks whether the tables are there. */
async function inspectPostgres(
  transactions: PostgresTransactions,
  where: string,
  quick: boolean,
): Promise<DatabaseInspection> {
  const tables = await transactions.read(async (session) =>
    session.query('SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY tablename', [POSTGRES_SCHEMA]),
  );
  const problems: StoreProblem[] = [];
  for (const [table] of quick ? [] : tables) {
    const text = `SELECT count(r) FROM (SELECT t::text AS r FROM ${POSTGRES_SCHEMA}.${String(table)} t OFFSET 0) rows`;
    try {
      await transactions.read(async (session) => session.query(text));
    } catch (error) {
      if (!(error instanceof SyncError) || error.errorId !== 'InternalError') throw error;
      const reason = `${reasonOf(error.cause)}; repair it on the server, or restore a dump there`;
      problems.push({ path: `${String(table)} in ${where}`, position: null, reason, repair: 'None' });
    }
  }
  return { files: tables.length, transactions: 0, problems };
}
