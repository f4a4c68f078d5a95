import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';

/** The SyncError that a promise rejects with. */
export async function caughtFrom(work: Promise<unknown>): Promise<SyncError> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(outcome).to.be.instanceOf(SyncError);
  return outcome as SyncError;
}
