import { DIALECTS, inDialect } from '../sql/dialects.js';
import { PAGE, Sql } from '../sql/Sql.js';
import type { Row, SqlSteps, Value } from '../sql/Sql.js';
import type { Ask, PostgresRow } from './PostgresSession.js';

/** Most texts come again and again. */
const KNOWN_TEXTS = 1000;
const translated = new Map<string, string>();

/** A statement in the words of PostgreSQL. */
function inPostgres(sql: string): string {
  const known = translated.get(sql);
  if (known !== undefined) return known;
  const text = inDialect(sql, DIALECTS.postgres);
  if (translated.size >= KNOWN_TEXTS) translated.clear();
  translated.set(sql, text);
  return text;
}

/** The queries of a site database, answered by PostgreSQL: each waits for its answer. */
export class PostgresSql extends Sql {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    super();
    this.#ask = ask;
  }

  override *rows(sql: string, values: readonly Value[] = []): SqlSteps<Row[]> {
    let rows: readonly PostgresRow[] = [];
    yield this.#ask(inPostgres(sql), values).then((answer) => void (rows = answer));
    return rows as readonly Row[] as Row[];
  }

  override *row(sql: string, values: readonly Value[] = []): SqlSteps<Row | undefined> {
    return (yield* this.rows(sql, values))[0];
  }

  override *read(sql: string, values: readonly Value[], take: (row: Row) => void): SqlSteps<void> {
    let count = 0;
    for (const row of yield* this.rows(sql, values)) {
      take(row);
      count += 1;
      if (count % PAGE === 0) yield;
    }
  }
}
