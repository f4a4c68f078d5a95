import fs from 'node:fs';
import path from 'node:path';
import { atOnce } from '../../server/platform/inTurns.js';
import { packageFolder } from '../../server/platform/packageFolder.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { realFiles } from '../../server/store/StorePlace.js';
import { findJournals } from '../../server/store/embedded/findJournals.js';
import { replayDatabase } from '../../server/store/embedded/replayDatabase.js';
import { loadSqlJs } from '../../server/store/embedded/SqlConnection.js';
import type { Row } from '../../server/store/sql/Sql.js';
import type { Run } from '../../server/store/sql/statements.js';
import { dumpOf } from './dumpDatabase.js';
import { putSite } from './fixtures/putSite.js';

/** What the version of format 8 answered of the site in `fixtures/format8`. */
export function expectedOfFormat8(): unknown {
  const file = path.join(packageFolder(), 'test', 'store', 'fixtures', 'format8', 'expected.json');
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

/** The same of a database of today. */
export async function answersOf(database: SiteDatabase): Promise<unknown> {
  const answers = {
    dump: await dumpOf(database, ['a']),
    neededBy: [...(await database.neededBy([1, 2, 3, 4, 5, 6]))],
    prerequisites: await database.prerequisites({ from: 2, to: 6 }),
    unknownPrerequisites: await database.unknownPrerequisites(1),
  };
  return JSON.parse(JSON.stringify(answers));
}

/** A table of the site, as format 8 had it. */
export interface OldTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** All of its tables, to be put into the database of another engine. */
export async function tablesOfFormat8(folder: string): Promise<OldTable[]> {
  const source = { files: realFiles, place: putSite(8, folder), seal: undefined };
  const { connection } = await replayDatabase(await loadSqlJs(), source, findJournals(source));
  const names = atOnce(connection.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"));
  const tables = names.map(([name]) => ({
    name: String(name),
    columns: atOnce(connection.rows(`SELECT name FROM pragma_table_info('${String(name)}')`)).map(([one]) =>
      String(one),
    ),
    rows: atOnce(connection.rows(`SELECT * FROM ${String(name)}`)),
  }));
  connection.close();
  return tables;
}

/** Revisions in tables of format 8, with texts alike and many prerequisites. */
export function fillFormat8(run: Run): void {
  for (let id = 1; id <= 2000; id += 1) {
    const texts = [`Title ${id}`, 'The same description of very many updates. '.repeat(40), '', '', ''];
    run('addRevision', [id, id, 1, 1, 1, 0, 0, ...texts, 0, 0, 0, '', '', '', '', 1, 0, 1, 0, 0]);
    for (let clause = 0; clause < 20; clause += 1) run('insertRelation', [id, 0, clause, 1 + clause, 0]);
  }
}

/** A value as the engines write it in a statement. */
export function literal(value: Row[number], bytes: (hex: string) => string): string {
  if (value instanceof Uint8Array) return bytes(Buffer.from(value).toString('hex'));
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** The statements that put the rows of tables into empty ones. */
export function insertsOf(tables: readonly OldTable[], bytes: (hex: string) => string): string {
  return tables
    .flatMap(({ name, columns, rows }) =>
      rows.map(
        (row) =>
          `INSERT INTO ${name}(${columns.join(', ')}) VALUES(${row.map((value) => literal(value, bytes)).join(', ')});`,
      ),
    )
    .join('\n');
}
