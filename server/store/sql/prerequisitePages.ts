import type { IdRange } from '../StoreInspection.js';
import { targetsOf } from './packedPrerequisites.js';
import type { Row, Sql, SqlSteps } from './Sql.js';

/** Revisions that are read at once. */
const PAGE = 200;

/**
 * Gives what the revisions of a range have as prerequisites to `take`, page after page: the numbers of the update ids
 * that each of the revisions names, in order.
 */
export function* eachPrerequisites(
  sql: Sql,
  { from, to }: IdRange,
  take: (page: readonly (readonly number[])[]) => SqlSteps<void>,
): SqlSteps<void> {
  for (let next: number | undefined = from; next !== undefined;) {
    const rows: Row[] = yield* sql.rows(
      `SELECT id, prerequisites FROM revision WHERE id BETWEEN ? AND ? AND prerequisites <> '' ORDER BY id ` +
        `LIMIT ${PAGE}`,
      [next, to],
    );
    const page: number[][] = [];
    for (const [, packed] of rows) page.push(yield* targetsOf(String(packed)));
    yield* take(page);
    yield;
    next = rows.length < PAGE ? undefined : Number(rows.at(-1)?.[0]) + 1;
  }
}
