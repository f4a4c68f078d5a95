import initSqlJs, { type Database, type SqlJsStatic, type Statement } from 'sql.js';
import { atOnce, type Steps } from '../../platform/inTurns.js';
import { PAGE, Sql } from '../sql/Sql.js';
import type { Row, SqlSteps, Value } from '../sql/Sql.js';
import { emptyFile, memoryFor, openInMemory } from './databaseFile.js';
import { imageInPieces } from './imageInPieces.js';
import { optimizeLate } from './optimizeLate.js';
import { DIALECTS, inDialect } from '../sql/dialects.js';
import { FIRST_FORMAT, MIGRATIONS, PACKED_FORMAT, SCHEMA } from '../sql/schema.js';
import { boundValues, STATEMENTS } from '../sql/statements.js';
import type { StatementName } from '../sql/statements.js';

/** Of the pages in which a database is made. */
const PAGE_SIZE = 16_384;

let library: Promise<SqlJsStatic> | undefined;

/** sql.js, its WebAssembly loaded once for the process. */
export async function loadSqlJs(): Promise<SqlJsStatic> {
  library ??= optimizeLate(initSqlJs);
  return library;
}

/** A sql.js database with its prepared statements. */
export class SqlConnection extends Sql {
  readonly #sql: SqlJsStatic;
  readonly #database: Database;
  readonly #prepared = new Map<string, Statement>();
  readonly #settingTexts = new Map<string, string | undefined>();

  /** `room`: bytes that the database may grow by before its memory is copied. */
  constructor(sql: SqlJsStatic, image?: Uint8Array, room = 0) {
    super();
    this.#sql = sql;
    this.#database = openWithRoom(sql, image, room);
    this.#setUp();
    if (image === undefined) this.#database.exec(SCHEMA);
  }

  override get settingTexts(): Map<string, string | undefined> {
    return this.#settingTexts;
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
    const hasRows = atOnce(this.row('SELECT 1 FROM revision LIMIT 1')) !== undefined;
    if (done < PACKED_FORMAT && format >= PACKED_FORMAT && hasRows) this.#database.exec('VACUUM');
  }

  /** Every table and index with its text, in order of the names. */
  schema(): string {
    return JSON.stringify(
      atOnce(this.rows("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name")),
    );
  }

  /** Runs a statement of the closed list. */
  run(name: StatementName, values: readonly Value[]): void {
    if (name === 'putSetting') this.#forgetSetting(String(values[0]));
    this.#prepare(STATEMENTS[name]).run(boundValues(name, values) as Value[]);
  }

  /** Runs BEGIN, COMMIT or ROLLBACK. */
  control(command: 'BEGIN' | 'COMMIT' | 'ROLLBACK'): void {
    if (command === 'ROLLBACK') {
      this.settings.clear();
      this.descriptions.clear();
      this.settingTexts.clear();
    }
    this.#database.exec(command);
  }

  override *rows(sql: string, values: readonly Value[] = []): SqlSteps<Row[]> {
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

  override *row(sql: string, values: readonly Value[] = []): SqlSteps<Row | undefined> {
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

  #forgetSetting(name: string): void {
    this.settings.delete(name);
    this.settingTexts.delete(name);
  }

  #setUp(): void {
    this.#database.exec(
      `PRAGMA page_size = ${PAGE_SIZE}; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = ` +
        'MEMORY; PRAGMA cache_size = -16384; PRAGMA locking_mode = EXCLUSIVE',
    );
  }

  /** Reads all rows with a statement that nobody else uses meanwhile: one id can have very many. */
  override *read(sql: string, values: readonly Value[], take: (row: Row) => void): SqlSteps<void> {
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
    const statement = this.#database.prepare(inDialect(sql, DIALECTS.sqlite));
    this.#prepared.set(sql, statement);
    return statement;
  }
}

function openWithRoom(sql: SqlJsStatic, image: Uint8Array | undefined, room: number): Database {
  if (room === 0) return new sql.Database(image);
  const content = image ?? emptyFile(PAGE_SIZE);
  return openInMemory(sql, memoryFor(content, room), content);
}
