import type { Row, Sql, SqlSteps } from './Sql.js';
import type { Run, StatementName } from './statements.js';

/** A table: its columns, of which the first are its key, and by which statement a whole row is written. */
interface Table {
  readonly columns: readonly string[];
  /** How many of the columns are the key. */
  readonly key: number;
  readonly statement: StatementName;
}

function table(statement: StatementName, key: number, columns: string): Table {
  return { columns: columns.split(' '), key, statement };
}

/** Every table of a site database, in the order in which a copy is made. A row is its columns in this order. */
export const TABLES = {
  setting: table('putSetting', 1, 'name value'),
  request: table('putRequest', 1, 'request_id method result time'),
  identity: table('insertIdentity', 1, 'id guid'),
  description: table('addDescription', 1, 'id digest text'),
  revision: table(
    'storeRevision',
    1,
    'id identity number latest kind expired flags title language article bulletin severity created size url locales ' +
      'eula category_type segment position length first_created stored prerequisites description_id',
  ),
  relation: table('insertRelation', 4, 'revision kind clause target number'),
  category: table('putCategory', 1, 'id identity revision type parent allow_subscription prohibits_updates subscribed'),
  software_update: table(
    'putUpdate',
    1,
    'id identity revision version expired superseded hidden bundle created modified max_execution standing reason ' +
      'expired_since superseded_since removed declined custom_severity',
  ),
  obsolete: table('markObsolete', 2, 'identity number'),
  run: table('putRun', 1, 'id state json'),
  run_change: table('addRunChanges', 2, 'run part data'),
  sup_status: table('putStatus', 1, 'server json'),
  status_message: table('insertMessage', 1, 'id message_id time json'),
  link_node: table('putLinkNode', 1, 'id json report last_seen'),
  delivery: table('putDelivery', 1, 'id alert receiver batch state is_open attempts due ended error json refused'),
} as const satisfies Readonly<Record<string, Table>>;

export type TableName = keyof typeof TABLES;

/** Tables whose rows have no long texts. */
const SMALL: ReadonlySet<TableName> = new Set(['identity', 'relation', 'category', 'software_update', 'obsolete']);

/** Rows of a table as they are to stand in another database. */
export interface CopiedRows {
  readonly table: TableName;
  readonly rows: readonly Row[];
}

/** The next rows of a table behind one, from the first on without one, in order of the key; none at the end. */
export function* tableRows(sql: Sql, name: TableName, after?: Row): SqlSteps<readonly Row[]> {
  const { columns, key }: Table = TABLES[name];
  const page = SMALL.has(name) ? 10_000 : 200;
  const keys = columns.slice(0, key).join(', ');
  const behind = after === undefined ? '' : ` WHERE (${keys}) > (${Array.from({ length: key }, () => '?').join(', ')})`;
  const text = `SELECT ${columns.join(', ')} FROM ${name}${behind} ORDER BY ${keys} LIMIT ${page}`;
  return yield* sql.rows(text, after?.slice(0, key) ?? []);
}

/** The last row of a table, by its key; undefined for an empty one. */
export function* lastTableRow(sql: Sql, name: TableName): SqlSteps<Row | undefined> {
  const { columns, key }: Table = TABLES[name];
  const keys = columns.slice(0, key).map((column) => `${column} DESC`);
  return yield* sql.row(`SELECT ${columns.join(', ')} FROM ${name} ORDER BY ${keys.join(', ')} LIMIT 1`);
}

/** How many rows each table has. */
export function* tableCounts(sql: Sql): SqlSteps<Readonly<Record<TableName, number>>> {
  const counts: Partial<Record<TableName, number>> = {};
  for (const name of Object.keys(TABLES) as TableName[]) {
    counts[name] = Number((yield* sql.row(`SELECT count(*) FROM ${name}`))?.[0]);
    yield;
  }
  return counts as Record<TableName, number>;
}

/** Writes rows into tables that have none of these keys yet. */
export function* writeRows({ table: name, rows }: CopiedRows, run: Run): SqlSteps<void> {
  for (const row of rows) {
    if (name === 'link_node') {
      const [id = null, json = null, report = null, lastSeen = null] = row;
      run('putLinkNode', [id, json]);
      run('putLinkReport', [report, lastSeen, id]);
    } else run(TABLES[name].statement, row);
    yield;
  }
}
