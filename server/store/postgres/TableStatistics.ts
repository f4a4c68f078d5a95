import type { PostgresTransactions } from './PostgresTransactions.js';

/** A tenth of the usual sample: it is done again soon, and here and there a row is enough for these plans. */
const SMALL_SAMPLE = 'SET LOCAL default_statistics_target = 10';
/** Those that become large. */
const TABLES = ['identity', 'description', 'revision', 'relation', 'software_update', 'obsolete'];
/** PostgreSQL plans with what it last counted: from nothing on it would read whole tables for a minute. */
const COUNT_FROM = 2000;

/** Rows that this engine wrote to a table, and how many those were when PostgreSQL last counted it. */
interface Written {
  rows: number;
  counted: number;
}

/**
 * Has PostgreSQL count a table again when it has grown by half since. Each by itself: the software updates come at the
 * end of a run, when the others have not grown for long.
 */
export class TableStatistics {
  readonly #transactions: Pick<PostgresTransactions, 'write'>;
  readonly #tables = new Map<string, Written>();
  #counting: Promise<void> | undefined;

  constructor(transactions: Pick<PostgresTransactions, 'write'>) {
    this.#transactions = transactions;
  }

  /** So many rows of these tables were written. */
  add(rows: ReadonlyMap<string, number>): void {
    for (const table of TABLES) {
      const written = this.#tables.get(table) ?? { rows: 0, counted: 0 };
      written.rows += rows.get(table) ?? 0;
      this.#tables.set(table, written);
    }
    this.#counting ??= this.#countGrown();
  }

  /** Nothing is counted any more. */
  async ended(): Promise<void> {
    await this.#counting;
  }

  #countGrown(): Promise<void> | undefined {
    const grown = [...this.#tables].filter(([, { rows, counted }]) => rows >= COUNT_FROM + counted * 1.5);
    if (grown.length === 0) return undefined;
    for (const [, written] of grown) written.counted = written.rows;
    return this.#count(grown.map(([table]) => table))
      .catch(() => undefined)
      .then(() => {
        // What has grown meanwhile may be the last that is written for long.
        this.#counting = this.#countGrown();
        return this.#counting;
      });
  }

  /** Where it fails, PostgreSQL does it by itself a little later. */
  async #count(tables: readonly string[]): Promise<void> {
    await this.#transactions.write({
      body: async ({ query }) => {
        await query(SMALL_SAMPLE);
        await query(`ANALYZE ${tables.join(', ')}`);
      },
    });
  }
}
