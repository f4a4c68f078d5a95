import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { installOnce } from './installOnce.js';
import { cacheFolder } from './powershellTool.js';

describe('PowerShell as a .NET tool in the cache of the user', () => {
  const root = temporaryFolder();
  const folder = (): string => join(root(), 'cache', 'tool');
  const installs =
    (text: string) =>
    (target: string): Promise<undefined> => {
      writeFileSync(join(target, 'program'), text);
      return Promise.resolve(undefined);
    };

  it('lies where the system keeps caches, outside of the checkout', () => {
    expect([
      cacheFolder('linux', {}, '/home/a'),
      cacheFolder('linux', { XDG_CACHE_HOME: '/cache' }, '/home/a'),
      cacheFolder('linux', { XDG_CACHE_HOME: '' }, '/home/a'),
      cacheFolder('darwin', {}, '/Users/a'),
      cacheFolder('win32', { LOCALAPPDATA: '/local' }, '/users/a'),
    ]).to.deep.equal(
      ['/home/a/.cache', '/cache', '/home/a/.cache', '/Users/a/Library/Caches', '/local'].map((parent) =>
        join(parent, 'configmgrsync'),
      ),
    );
  });

  it('is installed once, and once only when several want it at the same time', async () => {
    const failures = await Promise.all(['a', 'b', 'c'].map((text) => installOnce(folder(), installs(text))));
    expect(failures).to.deep.equal([undefined, undefined, undefined]);
    const first = readFileSync(join(folder(), 'program'), 'utf8');
    await installOnce(folder(), installs('later'));
    expect(readFileSync(join(folder(), 'program'), 'utf8')).to.equal(first);
    expect(readdirSync(join(root(), 'cache'))).to.deep.equal(['tool']);
  });

  it('is not there after a failure, which is told, and installed the next time', async () => {
    const failure = await installOnce(folder(), (target) => {
      writeFileSync(join(target, 'half'), '');
      return Promise.resolve('no network');
    });
    expect(failure).to.equal('no network');
    expect(readdirSync(join(root(), 'cache'))).to.deep.equal([]);
    expect(await installOnce(folder(), installs('whole'))).to.equal(undefined);
    expect(readdirSync(folder())).to.deep.equal(['program']);
  });

  it('removes what an interrupted installation left an hour ago, and not what another does now', async () => {
    const [old, current] = [`${folder()}.old`, `${folder()}.current`];
    for (const left of [old, current]) mkdirSync(left, { recursive: true });
    utimesSync(old, 1000, 1000);
    await installOnce(folder(), installs('whole'));
    expect(readdirSync(join(root(), 'cache')).sort()).to.deep.equal(['tool', 'tool.current']);
  });
});
