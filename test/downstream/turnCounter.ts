import type { Cleanup } from '../upstream/harness.js';

/** Counts the turns of the event loop until the cleanup; gives how many have passed. */
export function turnCounter(cleanup: Cleanup): () => number {
  let turn = 0;
  const count = (): NodeJS.Immediate =>
    setImmediate(() => {
      turn += 1;
      next = count();
    });
  let next = count();
  cleanup.add(() => {
    clearImmediate(next);
    return Promise.resolve();
  });
  return () => turn;
}
