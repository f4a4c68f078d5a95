import { SyncError } from '../errors/SyncError.js';

/**
 * Lets whatever else waits (requests, timers) have its turn: work in pieces that never waits by itself calls it between
 * two pieces.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** Work goes on for so long before others have their turn, in ms. */
const SLICE_MS = 12;

let sliceStart = 0;

/** A decision in steps of at most some thousand simple operations, between which others may have their turn. */
export type Steps<Result> = Generator<void, Result, void>;

/** Steps of which some are a promise: whoever takes them waits for it. */
export type WaitingSteps<Result> = Generator<Promise<void> | void, Result, void>;

/** Looks at the clock that may be left out between short steps: each costs as much as a short step itself. */
const MOST_UNSEEN = 3;
/** Steps are short when a look comes so soon after the one before, in ms. */
const SHORT_MS = 0.05;

let lastLook = 0;
let unseen = 0;

/** Between two steps: true when this process has worked for a slice since others last had their turn. */
export function isTurnDue(): boolean {
  if (unseen > 0) {
    unseen -= 1;
    return false;
  }
  const now = performance.now();
  unseen = now - lastLook < SHORT_MS ? MOST_UNSEEN : 0;
  lastLook = now;
  return now - sliceStart >= SLICE_MS;
}

/** Lets others have their turn when this process has worked for a slice since they last had it. */
export async function turn(): Promise<void> {
  if (performance.now() - sliceStart < SLICE_MS) return;
  await nextTurn();
  sliceStart = performance.now();
}

/** Takes all steps; others have their turn in between. */
export async function inTurns<Result>(steps: WaitingSteps<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (value !== undefined) await value;
    else if (isTurnDue()) await turn();
  }
}

/** Takes all steps without a pause; none of them may wait. */
export function atOnce<Result>(steps: WaitingSteps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (value !== undefined) throw new SyncError('InternalError', { where: 'steps at once', reason: 'one waits' });
  }
}
