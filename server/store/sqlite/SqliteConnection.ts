import { atOnce } from '../../platform/inTurns.js';
import { PAGE, Sql } from '../sql/Sql.js';
import type { Row, SqlSteps, Value } from '../sql/Sql.js';
import { DIALECTS, inDialect } from '../sql/dialects.js';
import { FIRST_FORMAT, MIGRATIONS, SCHEMA } from '../sql/schema.js';
import { STATEMENTS } from '../sql/statements.js';
import type { StatementName } from '../sql/statements.js';
import type { NodeDatabase, NodeStatement } from './nodeSqlite.js';
import { onFile } from './sqliteErrors.js';

/** Whose database it is, which engine has it, and how many transactions it has seen. */
const SITE_ENGINE = `
CREATE TABLE site_engine(
  id INTEGER PRIMARY KEY, site TEXT NOT NULL, generation INTEGER NOT NULL, commits INTEGER NOT NULL,
  digest TEXT NOT NULL);
`;

/** A database file with its prepared statements; it answers at once. */
export class SqliteConnection extends Sql {
  readonly file: string;
  readonly #database: NodeDatabase;
  readonly #prepared = new Map<string, NodeStatement>();

  constructor(database: NodeDatabase, file: string) {
    super();
    this.#database = database;
    this.file = file;
  }

  /** What the file calls and statements of it are made with: every commit is on the disk when it is acknowledged. */
  setUp(): void {
    this.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY',
    );
  }

  /** The library's own database, for its backup. */
  get database(): NodeDatabase {
    return this.#database;
  }

  /** Format of the tables, 0 where there are none. */
  get format(): number {
    if (this.one("SELECT name FROM sqlite_master WHERE name = 'setting'") === undefined) return 0;
    return FIRST_FORMAT + Number(this.one('PRAGMA user_version')?.[0]);
  }

  /** Brings the tables to a format, forwards only; within a transaction. */
  migrate(format: number): void {
    if (this.format === 0) this.exec(SCHEMA + SITE_ENGINE);
    for (const migration of MIGRATIONS.slice(this.format - FIRST_FORMAT, format - FIRST_FORMAT)) this.exec(migration);
    this.exec(`PRAGMA user_version = ${format - FIRST_FORMAT}`);
  }

  /** First row of a statement that is SQLite's own. */
  one(sql: string, values: readonly Value[] = []): Row | undefined {
    return atOnce(this.row(sql, values));
  }

  /** Runs statements without values. */
  exec(sql: string): void {
    onFile(this.file, () => this.#database.exec(sql));
  }

  /** True between BEGIN and COMMIT or ROLLBACK. */
  get isInTransaction(): boolean {
    return this.#database.isTransaction;
  }

  /** Runs a statement of the closed list. */
  run(name: StatementName, values: readonly Value[]): void {
    if (name === 'putSetting') this.settings.delete(String(values[0]));
    onFile(this.file, () => this.#prepare(STATEMENTS[name]).run(...values));
  }

  override *rows(sql: string, values: readonly Value[] = []): SqlSteps<Row[]> {
    return onFile(this.file, () => this.#prepare(sql).all(...values));
  }

  override *row(sql: string, values: readonly Value[] = []): SqlSteps<Row | undefined> {
    return onFile(this.file, () => this.#prepare(sql).get(...values));
  }

  /** With a statement that nobody else uses meanwhile: one id can have very many rows. */
  override *read(sql: string, values: readonly Value[], take: (row: Row) => void): SqlSteps<void> {
    const statement = onFile(this.file, () => this.#prepare(sql));
    this.#prepared.delete(sql);
    const rows = onFile(this.file, () => statement.iterate(...values));
    for (let count = 1; ; count += 1) {
      const next: IteratorResult<Row, undefined> = onFile(this.file, () => rows.next());
      if (next.done === true) break;
      take(next.value);
      if (count % PAGE === 0) yield;
    }
    this.#prepared.set(sql, statement);
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  #prepare(sql: string): NodeStatement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(inDialect(sql, DIALECTS.sqlite));
    this.#prepared.set(sql, statement);
    return statement;
  }
}
