import initSqlJs, { type Database, type SqlJsStatic, type Statement } from 'sql.js';
import type { Steps } from '../../platform/inTurns.js';
import { emptyFile, memoryFor, openInMemory } from './databaseFile.js';
import { imageInPieces } from './imageInPieces.js';
import { optimizeLate } from './optimizeLate.js';
import { FIRST_FORMAT, MIGRATIONS, SCHEMA } from './schema.js';
import { boundValues, STATEMENTS } from './statements.js';
import type { StatementName, Value } from './statements.js';

/** A row as sql.js gives it: columns in order of the query. */
export type Row = readonly Value[];

/** Lengths that lists of ids are filled up to, so that few prepared statements serve all. */
const LIST_SIZES = [1, 20, 200] as const;
const LONGEST_LIST = 200;
/** Of the pages in which a database is made. */
const PAGE_SIZE = 16_384;
/** Rows that are read before others have their turn. */
const PAGE = 1000;

let library: Promise<SqlJsStatic> | undefined;

/** sql.js, its WebAssembly loaded once for the process. */
export async function loadSqlJs(): Promise<SqlJsStatic> {
  library ??= optimizeLate(initSqlJs);
  return library;
}

/** A sql.js database with its prepared statements. */
export class SqlConnection {
  readonly #sql: SqlJsStatic;
  readonly #database: Database;
  readonly #prepared = new Map<string, Statement>();
  /** What long settings were read as, until they are written: 50,000 selected products are two million characters. */
  readonly settings = new Map<string, unknown>();

  /** `room`: bytes that the database may grow by before its memory is copied. */
  constructor(sql: SqlJsStatic, image?: Uint8Array, room = 0) {
    this.#sql = sql;
    this.#database = openWithRoom(sql, image, room);
    this.#setUp();
    if (image === undefined) this.#database.exec(SCHEMA);
  }

  /** Format of the tables. */
  get format(): number {
    return FIRST_FORMAT + Number(this.#database.exec('PRAGMA user_version')[0]?.values[0]?.[0]);
  }

  /** Brings the tables to a format, forwards only; a journal is replayed over the tables of its own format. */
  migrate(format: number): void {
    const done = this.format;
    if (format <= done) return;
    for (const migration of MIGRATIONS.slice(done - FIRST_FORMAT, format - FIRST_FORMAT))
      this.#database.exec(migration);
    this.#database.exec(`PRAGMA user_version = ${format - FIRST_FORMAT}`);
  }

  /** Every table and index with its text, in order of the names. */
  schema(): string {
    return JSON.stringify(
      this.rows("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"),
    );
  }

  /** Runs a statement of the closed list. */
  run(name: StatementName, values: readonly Value[]): void {
    if (name === 'putSetting') this.settings.delete(String(values[0]));
    this.#prepare(STATEMENTS[name]).run(boundValues(name, values) as Value[]);
  }

  /** Runs BEGIN, COMMIT or ROLLBACK. */
  control(command: 'BEGIN' | 'COMMIT' | 'ROLLBACK'): void {
    if (command === 'ROLLBACK') this.settings.clear();
    this.#database.exec(command);
  }

  /** All rows of a query. */
  rows(sql: string, values: readonly Value[] = []): Row[] {
    const statement = this.#prepare(sql);
    const rows: Row[] = [];
    try {
      statement.bind(values as Value[]);
      while (statement.step()) rows.push(statement.get());
    } finally {
      statement.reset();
    }
    return rows;
  }

  /** All rows of a query over many ids: `sql` has `(#)` where the list stands. */
  *rowsIn(sql: string, ids: readonly number[]): Steps<Row[]> {
    const rows: Row[] = [];
    yield* this.eachRowIn(sql, ids, (row) => rows.push(row));
    return rows;
  }

  /** What is made of each row of a query over many ids: a row takes more memory, and all at once would take long. */
  *madeIn<Item>(sql: string, ids: readonly number[], make: (row: Row) => Item): Steps<Item[]> {
    const items: Item[] = [];
    yield* this.eachRowIn(sql, ids, (row) => items.push(make(row)));
    return items;
  }

  /** Gives the rows of a query over many ids to `take`, which keeps what it needs of them: a row takes much memory. */
  *eachRowIn(sql: string, ids: readonly number[], take: (row: Row) => void): Steps<void> {
    for (let at = 0; at < ids.length; at += LONGEST_LIST) {
      const chunk = ids.slice(at, at + LONGEST_LIST);
      const size = LIST_SIZES.find((candidate) => candidate >= chunk.length) ?? LONGEST_LIST;
      const padded = [...chunk, ...new Array<number>(size - chunk.length).fill(-1)];
      yield* this.read(sql.replace('(#)', `(${'?,'.repeat(size - 1)}?)`), padded, take);
      yield;
    }
  }

  /** All rows of a query in pages, as `eachRow` reads them. */
  *pages(sql: string, after: readonly Value[]): Steps<Row[]> {
    const rows: Row[] = [];
    yield* this.eachRow(sql, after, (row) => rows.push(row));
    return rows;
  }

  /**
   * Gives the rows of a query to `take`, page after page: `sql` is ordered by its first columns, `after.length` of
   * them, and takes what must be below them as its values.
   */
  *eachRow(sql: string, after: readonly Value[], take: (row: Row) => void): Steps<void> {
    for (let key: readonly Value[] | undefined = after; key !== undefined;) {
      const page = this.rows(`${sql} LIMIT ${PAGE}`, key);
      for (const row of page) take(row);
      key = page.length < PAGE ? undefined : page.at(-1)?.slice(0, after.length);
      yield;
    }
  }

  /** First row of a query. */
  row(sql: string, values: readonly Value[] = []): Row | undefined {
    const statement = this.#prepare(sql);
    try {
      statement.bind(values as Value[]);
      return statement.step() ? statement.get() : undefined;
    } finally {
      statement.reset();
    }
  }

  /** The whole database as bytes; nothing may be written until all steps are taken. */
  image(): Steps<Uint8Array> {
    return imageInPieces(this.#sql, this.#database);
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  #setUp(): void {
    this.#database.exec(
      `PRAGMA page_size = ${PAGE_SIZE}; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = ` +
        'MEMORY; PRAGMA cache_size = -16384; PRAGMA locking_mode = EXCLUSIVE',
    );
  }

  /** Reads all rows with a statement that nobody else uses meanwhile: one id can have very many. */
  *read(sql: string, values: readonly Value[], take: (row: Row) => void): Steps<void> {
    const statement = this.#prepare(sql);
    this.#prepared.delete(sql);
    try {
      statement.bind(values as Value[]);
      for (let count = 1; statement.step(); count += 1) {
        take(statement.get());
        if (count % PAGE === 0) yield;
      }
    } finally {
      statement.reset();
      if (this.#prepared.has(sql)) statement.free();
      else this.#prepared.set(sql, statement);
    }
  }

  #prepare(sql: string): Statement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}

function openWithRoom(sql: SqlJsStatic, image: Uint8Array | undefined, room: number): Database {
  if (room === 0) return new sql.Database(image);
  const content = image ?? emptyFile(PAGE_SIZE);
  return openInMemory(sql, memoryFor(content, room), content);
}
