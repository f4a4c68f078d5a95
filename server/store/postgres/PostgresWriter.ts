import { inTurns } from '../../platform/inTurns.js';
import { Mutex } from '../../platform/Mutex.js';
import type { SiteChanges } from '../SiteChanges.js';
import type { SiteNews } from '../SiteNews.js';
import { applyChanges } from '../sql/applyChanges.js';
import { Identities } from '../sql/Identities.js';
import type { PostgresSession } from './PostgresSession.js';
import { commitToken, type CommitWitness } from './CommitWitness.js';
import { PostgresSql } from './PostgresSql.js';
import type { PostgresTransactions } from './PostgresTransactions.js';
import { StatementBatches } from './StatementBatches.js';
import { TableStatistics } from './TableStatistics.js';
import { indexTitles } from './indexTitles.js';
import type { ColumnTypes } from './joinedStatement.js';
import { columnTypes } from './migratePostgres.js';
import { CHANNEL, TABLES_LOCK } from './postgresTables.js';
import { claimantOf, isMine, isShared, refusal, type WritingEngine } from './refusedWrite.js';
import { IS_KNOWN_FORMAT } from './storeFormat.js';

/** Who writes to a site in PostgreSQL. */
interface Writing extends WritingEngine {
  readonly witness: CommitWitness | undefined;
}

const CLAIM =
  `WITH before AS (SELECT token FROM store WHERE ${isMine('$2', '$5')} FOR UPDATE) UPDATE store SET token = $1 ` +
  'FROM before WHERE epoch = $2 RETURNING before.token, pg_notify($3::text, $4::text)';

const CLAIM_SHARED =
  'SELECT pg_notify($3::text, $4::text) FROM server WHERE id = $1 AND engine = $2 AND ' +
  `EXISTS (SELECT FROM store WHERE ${IS_KNOWN_FORMAT})`;

/** PostgreSQL tells no longer text, in bytes. */
const LONGEST_NEWS = 7000;

/**
 * Changes the database in PostgreSQL: one transaction after the other, each under the lock of the row that says who
 * writes.
 */
export class PostgresWriter {
  readonly #transactions: PostgresTransactions;
  readonly #options: Writing;
  readonly #writing = new Mutex();
  readonly #statistics: TableStatistics;
  /** What the tables are made of: asked for by who writes, most engines of a command only read. */
  #types: ColumnTypes | undefined;
  #number = 0;
  #indexing: Promise<void> | undefined;

  constructor(transactions: PostgresTransactions, options: Writing) {
    this.#transactions = transactions;
    this.#options = options;
    this.#statistics = new TableStatistics(transactions);
  }

  async commit(changes: SiteChanges): Promise<void> {
    const token = commitToken(claimantOf(this.#options).epoch, (this.#number += 1));
    const news = newsOf(changes, this.#options.self.engine);
    let rows: ReadonlyMap<string, number> = new Map();
    await this.#writing.take(async () =>
      this.#transactions.write({
        body: async (session) => {
          await this.#claim(session, { token, news, isShared: isShared(changes) });
          this.#types ??= await columnTypes(session);
          rows = await apply(session, changes, this.#types);
          return true;
        },
        done: async (session) => {
          const [row] = await session.query('SELECT token FROM store FOR UPDATE');
          return row?.[0] === token ? true : undefined;
        },
      }),
    );
    const { lease, witness, self } = this.#options;
    if (!isShared(changes) && lease.epoch !== undefined)
      witness?.acknowledge({ epoch: lease.epoch, engine: self.engine, token });
    this.#statistics.add(rows);
    if (rows.has('software_update')) this.#indexing ??= this.#indexTitles();
  }

  /** The first software updates come when all titles are there. Where it fails, the next opening does it. */
  async #indexTitles(): Promise<void> {
    await indexTitles(this.#transactions).catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#writing.take(async () => Promise.resolve());
    await this.#statistics.ended();
    await this.#indexing;
  }

  /**
   * Locks out every other writer, leaves behind by what this transaction is known, and tells the other servers of it
   * when it is committed.
   */
  async #claim(session: PostgresSession, { token, news, ...claim }: Claim): Promise<void> {
    if (claim.isShared && this.#options.lease.epoch === undefined) return this.#claimShared(session, news);
    const { epoch, engine } = claimantOf(this.#options);
    const claimed = await session.query(CLAIM, [token, epoch, CHANNEL, news, engine]);
    const [before] = claimed;
    if (before === undefined) throw await refusal(session, this.#options);
    this.#options.witness?.look({ epoch, engine, token: String(before[0]) });
  }

  /** A server that follows writes beside the owner. */
  async #claimShared(session: PostgresSession, news: string): Promise<void> {
    const { self } = this.#options;
    // The tables are not changed meanwhile. One is sent behind the other, and both are waited for together.
    const [, claimed] = await Promise.all([
      session.query('SELECT pg_advisory_xact_lock_shared($1, $2)', TABLES_LOCK),
      session.query(CLAIM_SHARED, [self.id, self.engine, CHANNEL, news]),
    ]);
    if (claimed.length === 0) throw await refusal(session, this.#options);
  }
}

interface Claim {
  readonly token: string;
  readonly news: string;
  readonly isShared: boolean;
}

/** What the other servers are told of a transaction. */
function newsOf(changes: SiteChanges, by: string): string {
  const parts = Object.entries(changes).flatMap(([name, part]) => (part === undefined ? [] : [name]));
  const news: SiteNews = { kind: 'Commit', by, parts, settings: Object.keys(changes.settings ?? {}) };
  const text = JSON.stringify(news);
  return Buffer.byteLength(text) <= LONGEST_NEWS ? text : JSON.stringify({ ...news, settings: ['*'] });
}

/** What is read in between sees what was written before. Gives how many rows of which tables were written. */
async function apply(
  session: PostgresSession,
  changes: SiteChanges,
  types: ColumnTypes,
): Promise<ReadonlyMap<string, number>> {
  const batches = new StatementBatches(types);
  const sql = new PostgresSql(async (text, values) => {
    await batches.send(session.query);
    return session.query(text, values);
  });
  const identities = new Identities(sql);
  await inTurns(applyChanges(changes, { sql, identities, run: (name, values) => batches.add(name, values) }));
  await batches.send(session.query);
  return batches.sent;
}
