import { SyncError } from '../errors/SyncError.js';
import type { Row } from '../store/sql/Sql.js';
import { TABLES, type TableName } from '../store/sql/tables.js';
import { copyRevisions } from './copyRevisions.js';
import type { Store } from '../store/Store.js';

/** How a move is watched and ended early. */
export interface MoveWatch {
  readonly signal: AbortSignal;
  /** `done` of `total`, in the unit of the activity. */
  readonly onProgress: (activity: string, done: number, total: number) => void;
}

/** What is copied where. */
export interface StoreCopy extends MoveWatch {
  readonly source: Store;
  readonly target: Store;
}

/** Every table, in the order in which it is copied. */
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/**
 * Copies every row and document that the target does not have yet; each step is durable, and one that was killed goes
 * on behind the last of them. Gives how many rows were there already.
 * @throws SyncError StoreCorrupt for a document that cannot be read, of the databases, Cancelled
 */
export async function copyStore(copy: StoreCopy): Promise<number> {
  const { source, target, onProgress } = copy;
  const total = sum(await source.database.tableCounts());
  const before = sum(await target.database.tableCounts());
  let done = before;
  for (const table of TABLE_NAMES)
    await copyTable(copy, table, (rows) => {
      done += rows;
      onProgress('Copying rows and documents', done, total);
    });
  return before;
}

/** @throws SyncError Cancelled */
export function refuseCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new SyncError('Cancelled', { what: 'The move' });
}

async function copyTable(
  { source, target, signal }: StoreCopy,
  table: TableName,
  onRows: (rows: number) => void,
): Promise<void> {
  for (let after = await target.database.lastTableRow(table); ;) {
    refuseCancelled(signal);
    const rows: readonly Row[] = await source.database.tableRows(table, after);
    after = rows.at(-1);
    if (after === undefined) return;
    if (table === 'revision') await copyRevisions({ source, target }, rows);
    else await target.database.commit({ copiedRows: [{ table, rows }] });
    onRows(rows.length);
  }
}

function sum(counts: Readonly<Record<TableName, number>>): number {
  return Object.values(counts).reduce((all, one) => all + one, 0);
}
