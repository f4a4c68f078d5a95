/**
 * Lets whatever else waits (requests, timers) have its turn: work in pieces that never waits by itself calls it between
 * two pieces.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
