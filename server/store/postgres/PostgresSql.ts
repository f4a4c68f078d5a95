import { DIALECTS, inDialect } from '../sql/dialects.js';
import { PAGE, Sql } from '../sql/Sql.js';
import type { Row, Scope, SqlSteps, Value } from '../sql/Sql.js';
import type { Ask, PostgresRow, PostgresValue } from './PostgresSession.js';

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

/** Ids that are asked for at once: they are one value. */
const LONGEST_LIST = 2000;

/** The queries of a site database, answered by PostgreSQL: each waits for its answer. */
export class PostgresSql extends Sql {
  readonly #ask: Ask;
  readonly #isAlone: () => boolean;
  readonly #settingTexts = new Map<string, string | undefined>();

  /** `isAlone`: whether nobody else writes to the site now; else each setting is asked for every time. */
  constructor(ask: Ask, isAlone: () => boolean = () => false) {
    super();
    this.#ask = ask;
    this.#isAlone = isAlone;
  }

  override get settingTexts(): Map<string, string | undefined> | undefined {
    return this.#isAlone() ? this.#settingTexts : undefined;
  }

  /** Settings of these names were written, or all may have been (`*`). */
  forgetSettings(names: readonly string[]): void {
    if (names.includes('*')) {
      this.settings.clear();
      this.#settingTexts.clear();
    }
    for (const name of names) {
      this.settings.delete(name);
      this.#settingTexts.delete(name);
    }
  }

  override *rows(sql: string, values: readonly Value[] = []): SqlSteps<Row[]> {
    return yield* this.#rows(sql, values);
  }

  override *row(sql: string, values: readonly Value[] = []): SqlSteps<Row | undefined> {
    return (yield* this.rows(sql, values))[0];
  }

  /** In one way to the server and back. */
  override *numbers(...queries: readonly string[]): SqlSteps<number[]> {
    return ((yield* this.row(`SELECT ${queries.map((query) => `(${query})`).join(', ')}`)) ?? []).map(Number);
  }

  /** One array, as PostgreSQL writes it: 200 values would be planned for longer than they are looked up. */
  override isIn(column: string, ids: readonly number[]): Scope {
    return { text: `${column} = ANY(?)`, values: [`{${ids.join(',')}}`] };
  }

  /** The list is one array, so that the text is always the same, and a long one costs one way to the server. */
  override *eachRowIn(sql: string, ids: readonly (number | Uint8Array)[], take: (row: Row) => void): SqlSteps<void> {
    const text = sql.replace('IN (#)', '= ANY(?)');
    for (let at = 0; at < ids.length; at += LONGEST_LIST)
      yield* this.#take(text, [ids.slice(at, at + LONGEST_LIST)], take);
  }

  override *read(sql: string, values: readonly Value[], take: (row: Row) => void): SqlSteps<void> {
    yield* this.#take(sql, values, take);
  }

  *#take(sql: string, values: readonly PostgresValue[], take: (row: Row) => void): SqlSteps<void> {
    let count = 0;
    for (const row of yield* this.#rows(sql, values)) {
      take(row);
      count += 1;
      if (count % PAGE === 0) yield;
    }
  }

  *#rows(sql: string, values: readonly PostgresValue[]): SqlSteps<Row[]> {
    let rows: readonly PostgresRow[] = [];
    yield this.#ask(inPostgres(sql), values).then((answer) => void (rows = answer));
    return rows as readonly Row[] as Row[];
  }
}
