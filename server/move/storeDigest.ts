import { createHash, type Hash } from 'node:crypto';
import type { Row } from '../store/sql/Sql.js';
import type { TableName } from '../store/sql/tables.js';
import { recordOf, rowWithPlace } from './copyRevisions.js';
import { type MoveWatch, refuseCancelled, TABLE_NAMES } from './copyStore.js';
import type { Store } from '../store/Store.js';

/** What a table holds: its rows, and the digest up to the end of each page of them. */
interface TableDigest {
  readonly table: TableName;
  readonly rows: number;
  readonly pages: readonly { readonly rows: number; readonly digest: string }[];
}

/**
 * The rows of a store in order, table after table. `places` says where documents lie, so it is of this one store;
 * `documents` has the digest of each document instead, and is the same for every copy.
 */
export async function storeDigest(
  store: Store,
  of: 'places' | 'documents',
  { signal, onRows }: Pick<MoveWatch, 'signal'> & { readonly onRows: (rows: number) => void },
): Promise<readonly TableDigest[]> {
  const digests: TableDigest[] = [];
  for (const table of TABLE_NAMES) {
    const pages: { rows: number; digest: string }[] = [];
    const hash = createHash('sha256');
    let after: Row | undefined;
    for (let rows = await store.database.tableRows(table); rows.length > 0;) {
      refuseCancelled(signal);
      for (const row of rows) add(hash, table === 'revision' && of === 'documents' ? await shown(store, row) : row);
      pages.push({ rows: rows.length, digest: hash.copy().digest('hex') });
      onRows(rows.length);
      after = rows.at(-1);
      rows = await store.database.tableRows(table, after);
    }
    digests.push({ table, rows: pages.reduce((sum, page) => sum + page.rows, 0), pages });
  }
  return digests;
}

/** All of it as one. */
export function wholeDigest(digests: readonly TableDigest[]): string {
  const text = digests.map(({ table, rows, pages }) => `${table} ${rows} ${pages.at(-1)?.digest ?? ''}`);
  return createHash('sha256').update(text.join('\n')).digest('hex');
}

/** Where the copy differs, for the middle of a sentence; undefined where it does not. */
export function differenceOf(original: readonly TableDigest[], copy: readonly TableDigest[]): string | undefined {
  for (const [index, { table, rows, pages }] of original.entries()) {
    const other = copy[index];
    if (other?.rows !== rows) return `the table ${table} has ${other?.rows ?? 0} rows instead of ${rows}`;
    const differing = pages.findIndex(({ digest }, page) => other.pages[page]?.digest !== digest);
    if (differing < 0) continue;
    const before = pages.slice(0, differing).reduce((sum, page) => sum + page.rows, 0);
    const what = table === 'revision' ? ', or their documents,' : '';
    return `the rows ${before + 1} to ${before + (pages[differing]?.rows ?? 0)} of the table ${table}${what} differ`;
  }
  return undefined;
}

async function shown(store: Store, row: Row): Promise<Row> {
  const { document, notes } = await recordOf(store, row);
  return rowWithPlace(row, [document.length, sha256(document), sha256(notes)]);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Each engine gives bytes in a class of its own. */
function add(hash: Hash, row: Row): void {
  const plain = row.map((value) => (value instanceof Uint8Array ? { x: Buffer.from(value).toString('hex') } : value));
  hash.update(`${JSON.stringify(plain)}\n`);
}
