import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import type { FolderFiles } from '../../server/platform/files/folderFiles.js';
import { StartLock } from '../../server/relay/StartLock.js';
import { EngineLock } from '../../server/rpc/EngineLock.js';
import { acquireEngineLock } from '../../server/rpc/acquireEngineLock.js';
import { SITE_FILES, type SiteFolder } from '../../server/site/SiteFolder.js';
import type { RealSite } from '../process/RealSite.js';
import { fakeEngineSite } from '../rpc/fakeEngineSite.js';

const LONGEST_MS = 30_000;

describe('The lock to start an engine', () => {
  let made: RealSite;
  const site = (): SiteFolder => made.site;
  const file = (): string => path.join(site().path, SITE_FILES.starting);
  /** The files of the site on a disk that has room for names and for nothing else. */
  const full = (): SiteFolder => {
    const refuse = (): never => {
      throw Object.assign(new TypeError('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    };
    const files: FolderFiles = {
      ...site().files,
      writeSync: refuse,
      openHandle: async (name, flags, mode) => {
        fs.closeSync(fs.openSync(name, flags, mode));
        return Promise.reject(Object.assign(new TypeError('ENOSPC: no space left'), { code: 'ENOSPC' }));
      },
    };
    return { ...site(), files };
  };
  beforeEach(async () => {
    made = await fakeEngineSite();
  });
  afterEach(async () => made.remove());

  it('belongs to one relay, and to the next when that gives it back', () => {
    const [one, other] = [new StartLock(site(), LONGEST_MS), new StartLock(site(), LONGEST_MS)];
    expect([one.take(), other.take(), one.take()]).to.deep.equal([true, false, true]);
    one.release();
    expect([other.take(), one.take()]).to.deep.equal([true, false]);
  });

  it('leaves no empty file on a full disk, which others would wait for', () => {
    const lock = new StartLock(full(), LONGEST_MS);
    expect(lock.take()).to.equal(true);
    lock.release();
    expect(fs.existsSync(file())).to.equal(false);
  });

  it('that was never written counts for a moment only', () => {
    fs.writeFileSync(file(), '');
    const made = (ms: number): void => fs.utimesSync(file(), new Date(Date.now() + ms), new Date(Date.now() + ms));
    // However slow the machine is, it is not old by now.
    made(60_000);
    expect(new StartLock(site(), LONGEST_MS).take()).to.equal(false);
    made(-1000);
    expect(new StartLock(site(), LONGEST_MS).take()).to.equal(true);
  });

  it('an engine that cannot note where it is names the file, and does not keep the site', async () => {
    const error: unknown = await acquireEngineLock(full(), async () => Promise.resolve(0)).catch(
      (caught: unknown) => caught,
    );
    expect(error).to.include({ errorId: 'StoreWriteFailed' });
    expect(String(error)).to.contain(path.join(site().path, SITE_FILES.engine)).and.contain('ENOSPC');
    const lock = await acquireEngineLock(site(), async () => Promise.resolve(0));
    expect(lock).to.be.instanceOf(EngineLock);
    if (lock instanceof EngineLock) await lock.release();
  });
});
