import type { IdRange } from '../../store/MaintenanceReads.js';

/** Rows that are looked at in one step. */
const STEP = 2000;

/** The row ids 1 to `last` in steps. */
export function* idRanges(last: number): Generator<IdRange> {
  for (let after = 0; after < last; after += STEP) yield { after, to: Math.min(after + STEP, last) };
}
