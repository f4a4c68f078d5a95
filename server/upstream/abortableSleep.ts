import { setTimeout as wait } from 'node:timers/promises';
import { SyncError } from '../errors/SyncError.js';

/** Waits, and throws Cancelled at once when the signal fires. */
export async function abortableSleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (caught) {
    throw new SyncError('Cancelled', { what: 'The wait for the upstream' }, { cause: caught });
  }
}
