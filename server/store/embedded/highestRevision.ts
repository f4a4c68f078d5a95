import type { SqlConnection } from './SqlConnection.js';

/** Setting that remembers the highest revision id once the row with it was removed: an id is never given twice. */
export const HIGHEST_REVISION = 'store.highestRevision';

/** The highest id that a revision ever had, 0 for none. */
export function highestRevision(connection: SqlConnection): number {
  const row = connection.row(
    `SELECT max(coalesce((SELECT max(id) FROM revision), 0), coalesce((SELECT CAST(value AS INTEGER) FROM setting ` +
      `WHERE name = '${HIGHEST_REVISION}'), 0))`,
  );
  return Number(row?.[0]);
}
