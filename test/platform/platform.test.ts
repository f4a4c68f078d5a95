import { expect } from 'chai';
import { mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainFiles } from '../../server/platform/files/folderFiles.js';
import { distrust, ensurePrivateFolder } from '../../server/platform/accounts/ensurePrivateFolder.js';
import { generationOfSocket, socketFolder, socketPath, windowsPipe } from '../../server/platform/pipeAddress.js';
import { renameWithRetry } from '../../server/platform/files/heldFiles.js';
import { replaceFile } from '../../server/platform/replaceFile.js';
import {
  type ParentWatchOptions,
  reasonGone,
  startTimeInStat,
  watchParent,
} from '../../server/platform/watchParent.js';
import { sidOfWhoami } from '../../server/platform/accounts/windowsAccess.js';

describe('platform', () => {
  it('names pipes and sockets', () => {
    expect(windowsPipe('configmgrsync-1')).to.equal('\\\\.\\pipe\\configmgrsync-1');
    const options = { sitePath: '/srv/ABC', runtimeFolder: undefined, temporaryFolder: '/tmp', userId: 7 };
    expect(socketFolder(options)).to.match(/^\/tmp\/cms-7-[\da-f]{12}$/);
    expect(socketFolder({ ...options, runtimeFolder: '/run/user/7' })).to.match(/^\/run\/user\/7\/cms-7-/);
    expect(socketFolder({ ...options, sitePath: '/srv/XYZ' })).not.to.equal(socketFolder(options));
    expect(() => socketFolder({ ...options, temporaryFolder: `/${'x'.repeat(80)}` })).to.throw('set TMPDIR');
    expect(['e.12.sock', 'e.x.sock', 't.12', 'e.1.sock.tmp'].map(generationOfSocket)).to.deep.equal([
      12,
      undefined,
      undefined,
      undefined,
    ]);
    expect(socketPath('/f', 3)).to.equal(join('/f', 'e.3.sock'));
  });

  it('reads the SID of an account', () => {
    expect(sidOfWhoami('"vm\\jürgen","S-1-5-21-1-2-3-1001"\r\n')).to.equal('S-1-5-21-1-2-3-1001');
  });

  it('makes a folder that an engine takes away at this moment once more', function () {
    if (process.platform === 'win32') this.skip();
    const home = mkdtempSync(join(tmpdir(), 'configmgrsync-platform-'));
    const folder = join(home, 'sockets');
    let times = 0;
    const lstatSync = (path: string) => {
      if (++times === 1) rmdirSync(path);
      return plainFiles.lstatSync(path);
    };
    try {
      const owner = { userId: statSync(home).uid, sharedGroup: undefined };
      ensurePrivateFolder(folder, owner, { ...plainFiles, lstatSync });
      expect([statSync(folder).isDirectory(), times]).to.deep.equal([true, 2]);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('trusts only folders of its own', () => {
    const owner = { userId: 7, sharedGroup: undefined };
    const folder = (uid: number, mode: number) => ({ uid, mode, isDirectory: () => true });
    expect(distrust(folder(7, 0o700), owner)).to.equal(undefined);
    expect(distrust(folder(8, 0o700), owner)).to.contain('user 8');
    expect(distrust(folder(7, 0o702), owner)).to.contain('everybody');
    expect(distrust(folder(7, 0o770), owner)).to.contain('group');
    expect(distrust(folder(7, 0o770), { userId: 7, sharedGroup: 100 })).to.equal(undefined);
  });

  it('replaces a file as a whole and tries again where Windows holds it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cms-replace-'));
    await replaceFile(join(folder, 'a'), 'one', { files: plainFiles });
    await replaceFile(join(folder, 'a'), 'two', { files: plainFiles });
    expect([readFileSync(join(folder, 'a'), 'utf8'), readdirSync(folder)]).to.deep.equal(['two', ['a']]);
    const synced: string[] = [];
    const noted = new Map<number, string>();
    const files = {
      ...plainFiles,
      openSync: (path: string, flags: 'r') => {
        const descriptor = plainFiles.openSync(path, flags);
        noted.set(descriptor, path);
        return descriptor;
      },
      fsync: (descriptor: number, done: (error: null) => void) => {
        synced.push(noted.get(descriptor) ?? '');
        done(null);
      },
    };
    await replaceFile(join(folder, 'a'), 'three', { files });
    await replaceFile(join(folder, 'a'), 'four', { files, sync: false });
    // Windows cannot sync the name of a file.
    expect(synced).to.deep.equal(process.platform === 'win32' ? [] : [folder]);
    rmSync(folder, { recursive: true });
    let calls = 0;
    const paused: number[] = [];
    const atOnce = async (milliseconds: number): Promise<void> => Promise.resolve(void paused.push(milliseconds));
    const busy = (code: string, until: number) => () => {
      calls += 1;
      return calls < until ? Promise.reject(Object.assign(new Error(code), { code })) : Promise.resolve();
    };
    await renameWithRetry('a', 'b', { platform: 'win32', rename: busy('EPERM', 4), pause: atOnce });
    expect(calls).to.equal(4);
    expect(paused).to.deep.equal([10, 20, 40]);
    calls = 0;
    const outcome = await renameWithRetry('a', 'b', { platform: 'linux', rename: busy('EPERM', 4) }).catch(
      (error: unknown) => error,
    );
    expect([(outcome as Error).message, calls]).to.deep.equal(['EPERM', 1]);
    calls = 0;
    await renameWithRetry('a', 'b', { platform: 'win32', rename: busy('ENOENT', 4) }).catch((error: unknown) => error);
    expect(calls).to.equal(1);
  });

  it('notices the end of the parent, and another process with its id', () => {
    const system: ParentWatchOptions = {
      platform: 'linux',
      parentId: () => 5,
      readStat: () => stat('77'),
      isAlive: () => true,
      every: () => () => undefined,
      soon: () => () => undefined,
    };
    const known = { parent: 5, started: '77', isDirect: true };
    expect(startTimeInStat(stat('77'))).to.equal('77');
    expect(reasonGone(known, system)).to.equal(undefined);
    expect(reasonGone(known, { ...system, readStat: () => stat('99') })).to.contain('used by another');
    expect(reasonGone(known, { ...system, isAlive: () => false })).to.contain('ended');
    expect(reasonGone(known, { ...system, parentId: () => 1 })).to.contain('ended');
    expect(reasonGone({ parent: 5, started: undefined, isDirect: true }, { ...system, platform: 'win32' })).to.equal(
      undefined,
    );
  });

  it('notices a parent that ended before it could look, and knows one behind a launcher', () => {
    const system: ParentWatchOptions = {
      platform: 'linux',
      parentId: () => 1,
      readStat: () => undefined,
      isAlive: (id) => id !== 5,
      every: () => () => undefined,
      soon: (action) => {
        action();
        return () => undefined;
      },
    };
    const reasonsFor = (options: ParentWatchOptions): string[] => {
      const reasons: string[] = [];
      watchParent((reason) => reasons.push(reason), options, 5);
      return reasons;
    };
    expect(reasonsFor(system)).to.deep.equal(['the parent process 5 ended']);
    expect(reasonsFor({ ...system, isAlive: () => true, readStat: () => stat('77') })).to.deep.equal([]);
    expect(
      reasonsFor({ ...system, isAlive: () => true, readStat: () => stat('77').replace(' S ', ' Z ') }),
    ).to.deep.equal(['the parent process 5 ended']);
  });

  it('calls back once', () => {
    let beat = (): void => undefined;
    let alive = true;
    const reasons: string[] = [];
    watchParent((reason) => reasons.push(reason), {
      platform: 'darwin',
      parentId: () => 5,
      readStat: () => undefined,
      isAlive: () => alive,
      every: (_ms, action) => {
        beat = action;
        return () => (beat = (): void => undefined);
      },
      soon: () => () => undefined,
    });
    beat();
    alive = false;
    beat();
    beat();
    expect(reasons).to.have.length(1);
  });
});

function stat(startTime: string): string {
  return `5 (a) b (c)) S 1 5 5 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 ${startTime} 1 1`;
}
