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

/** Who writes to a site in PostgreSQL. */
interface Owner {
  readonly site: string;
  /** Given when the database was opened: an engine with a lower one writes no more. */
  readonly epoch: number;
}

/**
 * Changes the database in PostgreSQL: one transaction after the other, each under the lock of the row that says who
 * writes.
 */
export class PostgresWriter {
  readonly #transactions: PostgresTransactions;
  readonly #owner: Owner;
  readonly #writing = new Mutex();

  constructor(transactions: PostgresTransactions, owner: Owner) {
    this.#transactions = transactions;
    this.#owner = owner;
  }

  async commit(changes: SiteChanges): Promise<void> {
    const token = randomUUID();
    await this.#writing.take(async () =>
      this.#transactions.write({
        body: async (session) => {
          await this.#claim(session, token);
          await apply(session, changes);
          return true;
        },
        done: async (session) => {
          const [row] = await session.query('SELECT token FROM store FOR UPDATE');
          return row?.[0] === token ? true : undefined;
        },
      }),
    );
  }

  async close(): Promise<void> {
    await this.#writing.take(async () => Promise.resolve());
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
async function apply(session: PostgresSession, changes: SiteChanges): Promise<void> {
  const batches = new StatementBatches();
  const sql = new PostgresSql(async (text, values) => {
    await batches.send(session.query);
    return session.query(text, values);
  });
  const identities = new Identities(sql);
  await inTurns(applyChanges(changes, { sql, identities, run: (name, values) => batches.add(name, values) }));
  await batches.send(session.query);
}
