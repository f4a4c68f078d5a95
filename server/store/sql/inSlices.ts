import { nextTurn } from '../../platform/inTurns.js';
import type { SqlSteps } from './Sql.js';

/** A transaction is written for so long before others have their turn, in ms. */
const SLICE_MS = 10;

/** Takes steps of a transaction for a while; true after the last one. */
function isDone(steps: SqlSteps<void>): boolean {
  const end = performance.now() + SLICE_MS;
  while (steps.next().done !== true) if (performance.now() >= end) return false;
  return true;
}

/** Writes a transaction of an engine that never waits, in pieces between which others have their turn. */
export async function inSlices(steps: SqlSteps<void>): Promise<void> {
  while (!isDone(steps)) await nextTurn();
}
