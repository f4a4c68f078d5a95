import { expect } from 'chai';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connectEngine } from '../../server/relay/connectEngine.js';
import { ownerOfLockFile, remarkOnLockFile } from '../../server/rpc/acquireEngineLock.js';
import { writeEngineRecord } from '../../server/rpc/enginePlace.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import type { RealSite } from '../process/RealSite.js';
import { fakeEngineSite } from './fakeEngineSite.js';

const GONE = 999_999_999;

describe('rpc: a lock file that is held on Windows', function () {
  if (process.platform === 'win32') return;
  let site: RealSite;
  beforeEach(async () => (site = await fakeEngineSite()));
  afterEach(async () => site.remove());

  /** What Windows says where somebody has engine.lock open, if only to read it. */
  function held(code = 'EBUSY'): SiteFolder {
    const openSync: SiteFolder['files']['openSync'] = (path, ...more) => {
      if (path.endsWith('engine.lock')) throw Object.assign(new Error(code), { code });
      return site.site.files.openSync(path, ...more);
    };
    return { ...site.site, files: { ...site.site.files, openSync } };
  }

  async function note(processId: number, address: string): Promise<void> {
    await writeEngineRecord(site.site, { processId, address, generation: 1 });
  }

  it('and no engine: another program may hold it', async () => {
    expect(await remarkOnLockFile(site.site)).to.equal('');
    const { remark } = await ownerOfLockFile(held());
    expect(remark).to.contain('engine.lock is held').and.to.contain('operator');
    expect(await remarkOnLockFile(held())).to.equal(remark);
    // Of an engine that was killed.
    await note(GONE, join(site.home, 'none'));
    expect(await ownerOfLockFile(held())).to.deep.equal({ remark });
    expect(await remarkOnLockFile(held('EPERM'))).to.equal('');
  });

  it('is that of the engine that its note names while that lives or answers', async () => {
    await note(process.pid, join(site.home, 'none'));
    expect(await ownerOfLockFile(held())).to.deep.equal({ ownedBy: join(site.home, 'none') });
    const address = join(site.home, 's');
    const server = createServer((socket) => socket.destroy()).listen(address);
    await once(server, 'listening');
    await note(GONE, address);
    expect(await ownerOfLockFile(held())).to.deep.equal({ ownedBy: address });
    expect(await remarkOnLockFile(held())).to.equal('');
    server.close();
  });

  it('is named where a command gives up', async () => {
    const ended = async (folder: SiteFolder): Promise<string> => {
      let looks = 0;
      const clock = { ...site.deps.clock, now: () => new Date(60_000 * looks++) };
      return connectEngine(folder, { ...site.deps, clock, platform: 'win32' }).then(
        () => 'connected',
        (caught: unknown) => String(caught),
      );
    };
    expect(await ended(held()))
      .to.contain('did not answer within 30 seconds; no engine answers')
      .and.to.contain('operator');
    expect(await ended(site.site)).to.match(/within 30 seconds\.?$/);
  });
});
