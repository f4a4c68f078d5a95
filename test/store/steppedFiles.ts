import type { StoreFiles } from '../../server/store/StorePlace.js';
import { unsyncedFiles } from './FailingFiles.js';

/** Places in the shared memory of a stepped thread: calls it may still make, and what it does. */
export const STEP = { permits: 0, state: 1, calls: 2 } as const;

/** What a stepped thread does: its work, waiting for leave to make the next call, or nothing any more. */
export const STATE = { working: 0, parked: 1, done: 2 } as const;

/** The real file system without its syncs, of which every call waits until this thread has leave for it. */
export function steppedFiles(memory: Int32Array): StoreFiles {
  const step = (): void => {
    Atomics.add(memory, STEP.calls, 1);
    while (Atomics.load(memory, STEP.permits) === 0) {
      Atomics.store(memory, STEP.state, STATE.parked);
      Atomics.notify(memory, STEP.state);
      Atomics.wait(memory, STEP.permits, 0);
      Atomics.store(memory, STEP.state, STATE.working);
    }
    Atomics.sub(memory, STEP.permits, 1);
  };
  return new Proxy(unsyncedFiles, {
    get: (target, name) => {
      const call = Reflect.get(target, name) as (...values: unknown[]) => unknown;
      return (...values: unknown[]) => {
        step();
        return call.apply(target, values);
      };
    },
  });
}
