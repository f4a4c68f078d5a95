import { expect } from 'chai';
import {
  isHeld,
  removeAfterFailure,
  removeUnlessHeld,
  removeWithRetry,
  whileHeld,
} from '../../server/platform/files/heldFiles.js';

const failing = (code: string): Error => Object.assign(new Error(code), { code });

/** Refuses so many times. */
function remover(code: string, times: number): { calls: string[]; rmSync: (path: string) => void } {
  const calls: string[] = [];
  return {
    calls,
    rmSync: (path) => {
      calls.push(path);
      if (calls.length <= times) throw failing(code);
    },
  };
}

describe('platform: files that others hold', () => {
  const windows = (pauses: number[] = []): { platform: 'win32'; pause: (ms: number) => Promise<void> } => ({
    platform: 'win32',
    pause: async (ms) => Promise.resolve(void pauses.push(ms)),
  });

  it('are held on Windows alone, where the codes are those of sharing', () => {
    const codes = ['EPERM', 'EACCES', 'EBUSY', 'ENOENT'];
    expect(codes.map((code) => isHeld(failing(code), 'win32'))).to.deep.equal([true, true, true, false]);
    expect(codes.map((code) => isHeld(failing(code), 'linux'))).to.deep.equal([false, false, false, false]);
  });

  it('are waited for a bounded time, and then the reason is the one of the system', async () => {
    const pauses: number[] = [];
    const caught = await whileHeld(() => Promise.reject(failing('EBUSY')), windows(pauses)).catch(
      (error: unknown) => error,
    );
    expect((caught as Error).message).to.equal('EBUSY');
    expect(pauses).to.deep.equal([10, 20, 40, 80, 160, 320, 640]);
  });

  it('are removed once they are free', async () => {
    const files = remover('EPERM', 3);
    await removeWithRetry(files, 'x', windows());
    expect(files.calls).to.have.length(4);
  });

  it('stay for the next time where nothing depends on it', () => {
    expect(removeUnlessHeld(remover('EACCES', 1), 'x', 'win32')).to.equal(false);
    expect(removeUnlessHeld(remover('EACCES', 0), 'x', 'win32')).to.equal(true);
    expect(() => removeUnlessHeld(remover('EACCES', 1), 'x', 'linux')).to.throw('EACCES');
  });

  it('never hide the failure that is cleaned up after', async () => {
    const work = async (): Promise<void> => {
      try {
        await Promise.reject(failing('ENOSPC'));
      } catch (caught) {
        removeAfterFailure(remover('EPERM', 1), 'x');
        throw caught;
      }
    };
    expect(await work().catch((error: unknown) => (error as Error).message)).to.equal('ENOSPC');
    expect(() => removeAfterFailure({ rmSync: () => (undefined as unknown as { a: () => void }).a() }, 'x')).to.throw(
      TypeError,
    );
  });
});
