import { expect } from 'chai';
import { join } from 'node:path';
import { realFiles } from '../../server/store/StorePlace.js';
import type { StoreFiles } from '../../server/store/StorePlace.js';
import { createFile } from '../../server/store/fileCalls.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

describe('store: what cleaning up meets', () => {
  const folder = temporaryFolder();

  it('is not told for the failure that led there', () => {
    const failing = (code: string) => () => {
      throw Object.assign(new Error(code), { code });
    };
    const files: StoreFiles = { ...realFiles, fsyncSync: failing('ENOSPC'), rmSync: failing('EBUSY') };
    expect(() => createFile(files, join(folder(), 'f'), Buffer.from('x'))).to.throw('ENOSPC');
  });
});
