import { DIALECTS, inDialect } from '../sql/dialects.js';
import { STATEMENTS, type StatementName } from '../sql/statements.js';
import type { Value } from '../sql/Sql.js';
import type { Ask } from './PostgresSession.js';
import { joinedStatement, type ColumnTypes } from './joinedStatement.js';

/** What goes to the server in one statement. */
const MOST_ROWS = 5000;
const MOST_BYTES = 8 * 1024 * 1024;

/** They change rows that are there; a revision that is added after them is not one of those, and may come before. */
const AFTER_REVISIONS: ReadonlySet<StatementName> = new Set(['notLatest', 'lowerFirstCreated']);
/** They look at another table, so what stands before them has to be there. */
const LOOKS_ELSEWHERE: ReadonlySet<StatementName> = new Set(['forgetObsolete', 'forgetDescription']);
const TABLE = /^(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)/;

/** Statements of one name, with the values of each. */
interface Batch {
  readonly name: StatementName;
  readonly rows: (readonly Value[])[];
  readonly keys: Set<Value>;
  bytes: number;
}

/**
 * The statements of a transaction, put together where one can stand for many: each would be a way to the server and
 * back. Those of one table keep their order; those of different tables do not know of each other.
 */
export class StatementBatches {
  readonly #types: ColumnTypes;
  readonly #tables = new Map<string, Batch[]>();
  /** Rows that were sent, by table. */
  readonly sent = new Map<string, number>();

  constructor(types: ColumnTypes) {
    this.#types = types;
  }

  add(name: StatementName, values: readonly Value[]): void {
    const table = LOOKS_ELSEWHERE.has(name) ? '' : tableOf(name);
    const batches = this.#tables.get(table) ?? [];
    this.#tables.set(table, batches);
    const batch = batchFor(batches, name, values);
    batch.rows.push(values);
    batch.keys.add(values[0] ?? null);
    for (const value of values)
      batch.bytes += value instanceof Uint8Array || typeof value === 'string' ? value.length : 8;
  }

  /** Sends what was added, what looks elsewhere last. Nothing waits for the answer to what was sent before. */
  async send(ask: Ask): Promise<void> {
    const last = this.#tables.get('') ?? [];
    this.#tables.delete('');
    const batches = [...this.#tables.values()].flat();
    this.#tables.clear();
    const answers = [...batches, ...last].flatMap((batch) => this.#sendBatch(batch, ask));
    // Each is waited for: the first failure is the cause of those behind it.
    for (const outcome of await Promise.allSettled(answers)) if (outcome.status === 'rejected') throw outcome.reason;
  }

  #sendBatch({ name, rows }: Batch, ask: Ask): readonly Promise<unknown>[] {
    const table = tableOf(name);
    this.sent.set(table, (this.sent.get(table) ?? 0) + rows.length);
    const joined = joinedStatement(name, this.#types);
    if (joined !== undefined && rows.length > 1) {
      const [{ length } = []] = rows;
      const columns = Array.from({ length }, (_none, column) => rows.map((row) => row[column] ?? null));
      return [ask(joined, columns)];
    }
    const text = inDialect(STATEMENTS[name], DIALECTS.postgres);
    return rows.map(async (values) => ask(text, values));
  }
}

function tableOf(name: StatementName): string {
  return TABLE.exec(STATEMENTS[name])?.[1] ?? '';
}

/** The last batch where it can take the statement, else a new one. */
function batchFor(batches: Batch[], name: StatementName, values: readonly Value[]): Batch {
  let end = batches.length;
  if (name === 'storeRevision') while (end > 0 && isAfterRevisions(batches[end - 1])) end -= 1;
  const before = batches[end - 1];
  if (before?.name === name && hasRoom(before, values)) return before;
  const batch: Batch = { name, rows: [], keys: new Set(), bytes: 0 };
  batches.splice(end, 0, batch);
  return batch;
}

function isAfterRevisions(batch: Batch | undefined): boolean {
  return batch !== undefined && AFTER_REVISIONS.has(batch.name);
}

/** One statement changes no row twice. */
function hasRoom({ name, rows, keys, bytes }: Batch, values: readonly Value[]): boolean {
  if (rows.length >= MOST_ROWS || bytes >= MOST_BYTES) return false;
  return !STATEMENTS[name].includes('DO UPDATE') || !keys.has(values[0] ?? null);
}
