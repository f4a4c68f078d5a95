import { SyncError } from '../../errors/SyncError.js';
import { atOnce, turn } from '../../platform/inTurns.js';
import type { StoreProblem } from '../StoreInspection.js';
import type { Row } from '../sql/Sql.js';
import { SqliteConnection } from './SqliteConnection.js';
import type { NodeSqlite } from './nodeSqlite.js';
import { onFile } from './sqliteErrors.js';

/** Something in a database file that does not fit. */
interface FileDamage {
  readonly reason: string;
  /** True where the tables are whole: the index can be made again from them. */
  readonly isOfIndex: boolean;
}

/** Another connection to a database file. @throws SyncError StoreCorrupt, StoreReadFailed */
export function openBeside({ DatabaseSync }: NodeSqlite, file: string, readOnly: boolean): SqliteConnection {
  return onFile(file, () => new SqliteConnection(new DatabaseSync(file, { returnArrays: true, readOnly }), file));
}

/** Everything in a database file that does not fit, with the repair that it needs. */
export async function problemsOf(connection: SqliteConnection): Promise<StoreProblem[]> {
  const problems: StoreProblem[] = [];
  for await (const { reason, isOfIndex: mends } of damageOf(connection))
    problems.push({ path: connection.file, position: null, reason, ...(mends ? {} : { repair: 'Rebuild' }) });
  return problems;
}

/** Reads tables and indexes, one table after the other; what cannot be read at all is damage too. */
async function* damageOf(connection: SqliteConnection): AsyncGenerator<FileDamage, void> {
  const names = attempt(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  const roots = attempt(connection, "SELECT rootpage FROM sqlite_master WHERE type = 'index'");
  if (names instanceof SyncError || roots instanceof SyncError) {
    yield { reason: reasonOf(names instanceof SyncError ? names : roots), isOfIndex: false };
    return;
  }
  const indexes = new Set(roots.map(([page]) => Number(page)));
  for (const [table] of names) {
    const lines = attempt(connection, `PRAGMA integrity_check('${String(table)}')`);
    const name = `table ${String(table)}`;
    if (lines instanceof SyncError) yield { reason: `${name}: ${reasonOf(lines)}`, isOfIndex: false };
    else
      for (const [line] of lines.filter(([text]) => text !== 'ok'))
        yield { reason: `${name}: ${String(line)}`, isOfIndex: isOfIndex(String(line), indexes) };
    await turn();
  }
}

/** What SQLite says of an index by its name, or of its tree by the page on which that begins. */
function isOfIndex(line: string, roots: ReadonlySet<number>): boolean {
  const page = /^Tree (\d+)\b/.exec(line)?.[1];
  return page === undefined ? / index /.test(line) : roots.has(Number(page));
}

function attempt(connection: SqliteConnection, sql: string): readonly Row[] | SyncError {
  try {
    return atOnce(connection.rows(sql));
  } catch (error) {
    if (error instanceof SyncError && error.errorId === 'StoreCorrupt') return error;
    throw error;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof SyncError ? String(error.data['reason']) : '';
}
