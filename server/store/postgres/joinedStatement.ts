import { DIALECTS, inDialect } from '../sql/dialects.js';
import { STATEMENTS, type StatementName } from '../sql/statements.js';
import { SyncError } from '../../errors/SyncError.js';

/** The type of each column, by `table.column`. */
export type ColumnTypes = ReadonlyMap<string, string>;

const INSERT = /^INSERT INTO (\w+)\s*\(([^)]*)\)\s*VALUES\s*\(([\s\S]*?)\)(\s*ON CONFLICT[\s\S]*)?$/;

/** Those that change rows; what stands in the list twice is changed once, to the same. */
const JOINED_UPDATES: Partial<Record<StatementName, string>> = {
  notLatest:
    'UPDATE revision SET latest = 0 FROM unnest($1::bigint[], $2::bigint[]) AS u(identity, number) ' +
    'WHERE revision.identity = u.identity AND revision.number < u.number',
};

const known = new WeakMap<ColumnTypes, Map<StatementName, string | undefined>>();

/** A statement of the list as one for many rows, with an array for each value; undefined where there is none. */
export function joinedStatement(name: StatementName, types: ColumnTypes): string | undefined {
  const update = JOINED_UPDATES[name];
  if (update !== undefined) return update;
  const texts = known.get(types) ?? new Map<StatementName, string | undefined>();
  known.set(types, texts);
  if (!texts.has(name)) texts.set(name, joinedInsert(STATEMENTS[name], types));
  return texts.get(name);
}

function joinedInsert(text: string, types: ColumnTypes): string | undefined {
  const parts = INSERT.exec(text);
  if (parts === null) return undefined;
  const [, table = '', columns = '', row = '', tail = ''] = parts;
  const names = columns.split(',').map((column) => column.trim());
  const arrays: string[] = [];
  const selected = row.split(',').map((value, index) =>
    value.trim().replace('?', () => {
      arrays.push(`$${arrays.length + 1}::${typeOf(types, `${table}.${names[index] ?? ''}`)}[]`);
      return `u.c${arrays.length}`;
    }),
  );
  const named = arrays.map((_array, index) => `c${index + 1}`).join(', ');
  return (
    `INSERT INTO ${table}(${names.join(', ')}) SELECT ${selected.join(', ')} FROM unnest(${arrays.join(', ')}) ` +
    `AS u(${named})${inDialect(tail, DIALECTS.postgres)}`
  );
}

function typeOf(types: ColumnTypes, column: string): string {
  const type = types.get(column);
  if (type !== undefined) return type;
  throw new SyncError('InternalError', { where: 'the database', reason: `the column ${column} is missing` });
}
