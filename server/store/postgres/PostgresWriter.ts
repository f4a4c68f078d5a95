import { randomUUID } from 'node:crypto';
import { SyncError } from '../../errors/SyncError.js';
import { inTurns } from '../../platform/inTurns.js';
import { Mutex } from '../../platform/Mutex.js';
import type { SiteChanges } from '../SiteChanges.js';
import { applyChanges } from '../sql/applyChanges.js';
import { Identities } from '../sql/Identities.js';
import type { PostgresSession } from './PostgresSession.js';
import { PostgresSql } from './PostgresSql.js';
import type { PostgresTransactions } from './PostgresTransactions.js';
import { StatementBatches } from './StatementBatches.js';
import type { ColumnTypes } from './joinedInsert.js';

/** Who writes to a site in PostgreSQL. */
interface Owner {
  readonly site: string;
  /** Given when the database was opened: an engine with a lower one writes no more. */
  readonly epoch: number;
  readonly types: ColumnTypes;
}

const COUNTED_TABLES = 'ANALYZE identity, revision, relation, software_update, obsolete';
/** PostgreSQL plans with what it last counted: from nothing on it would read whole tables for a minute. */
const COUNT_FROM = 2000;

/**
 * Changes the database in PostgreSQL: one transaction after the other, each under the lock of the row that says who
 * writes.
 */
export class PostgresWriter {
  readonly #transactions: PostgresTransactions;
  readonly #owner: Owner;
  readonly #writing = new Mutex();
  /** Rows written by this engine, and how many there were when PostgreSQL last counted. */
  #rows = 0;
  #counted = 0;
  #counting: Promise<void> | undefined;

  constructor(transactions: PostgresTransactions, owner: Owner) {
    this.#transactions = transactions;
    this.#owner = owner;
  }

  async commit(changes: SiteChanges): Promise<void> {
    const token = randomUUID();
    let rows = 0;
    await this.#writing.take(async () =>
      this.#transactions.write({
        body: async (session) => {
          await this.#claim(session, token);
          rows = await apply(session, changes, this.#owner.types);
          return true;
        },
        done: async (session) => {
          const [row] = await session.query('SELECT token FROM store FOR UPDATE');
          return row?.[0] === token ? true : undefined;
        },
      }),
    );
    this.#countAgain(rows);
  }

  async close(): Promise<void> {
    await this.#writing.take(async () => Promise.resolve());
    await this.#counting;
  }

  /** When the tables have grown by half since. Where it fails, PostgreSQL does it by itself a little later. */
  #countAgain(rows: number): void {
    this.#rows += rows;
    if (this.#rows < COUNT_FROM + this.#counted * 1.5 || this.#counting !== undefined) return;
    this.#counted = this.#rows;
    this.#counting = this.#transactions
      .read(async (session) => session.query(COUNTED_TABLES))
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => (this.#counting = undefined));
  }

  /** Locks out every other writer, and leaves behind by what this transaction is known. */
  async #claim(session: PostgresSession, token: string): Promise<void> {
    const { site, epoch } = this.#owner;
    const claimed = await session.query('UPDATE store SET token = $1 WHERE epoch = $2 RETURNING 1', [token, epoch]);
    if (claimed.length > 0) return;
    const [row] = await session.query('SELECT epoch FROM store');
    throw new SyncError('StoreSuperseded', { site, generation: Number(row?.[0] ?? 0) });
  }
}

/** What is read in between sees what was written before. */
async function apply(session: PostgresSession, changes: SiteChanges, types: ColumnTypes): Promise<number> {
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
