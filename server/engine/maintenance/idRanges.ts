import type { IdRange } from '../../store/StoreInspection.js';

/** Rows that are looked at in one step. */
const STEP = 2000;

/** The row ids 1 to `last` in steps. */
export function* idRanges(last: number): Generator<IdRange> {
  for (let from = 1; from <= last; from += STEP) yield { from, to: Math.min(from + STEP - 1, last) };
}
