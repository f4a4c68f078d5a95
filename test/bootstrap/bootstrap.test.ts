import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageFolder } from '../../server/platform/packageFolder.js';

type Bootstrap = Record<string, (...args: unknown[]) => unknown>;
const load = async (name: string): Promise<Bootstrap> =>
  (await import(pathToFileURL(join(packageFolder(), 'server', 'bootstrap', name)).href)) as Bootstrap;

describe('bootstrap', () => {
  it('compares versions of Node.js', async () => {
    const { isAtLeast } = await load('checkNode.mjs');
    expect([
      isAtLeast!('20.19.0', '20.19'),
      isAtLeast!('20.18.3', '20.19'),
      isAtLeast!('22.0.0', '20.19'),
      isAtLeast!('18.99.0', '20.19'),
    ]).to.deep.equal([true, false, true, false]);
  });

  it('installs only when the lock file is newer, and finds npm without a shell', async () => {
    const { isInstalled, isLink, npmScript } = await load('ensureInstalled.mjs');
    const folder = mkdtempSync(join(tmpdir(), 'cms-boot-'));
    const [lock, installed, npm] = [
      join(folder, 'lock'),
      join(folder, 'installed'),
      join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ];
    writeFileSync(lock, '');
    expect(isInstalled!(lock, installed)).to.equal(false);
    writeFileSync(installed, '');
    utimesSync(installed, 2000, 2000);
    utimesSync(lock, 1000, 1000);
    expect(isInstalled!(lock, installed)).to.equal(true);
    utimesSync(lock, 3000, 3000);
    expect(isInstalled!(lock, installed)).to.equal(false);
    symlinkSync(folder, join(folder, 'link'), 'junction');
    expect([isLink!(join(folder, 'link')), isLink!(folder), isLink!(join(folder, 'no'))]).to.deep.equal([
      true,
      false,
      false,
    ]);
    mkdirSync(join(npm, '..'), { recursive: true });
    writeFileSync(npm, '');
    expect(npmScript!({}, join(folder, 'node.exe'))).to.equal(npm);
    expect(npmScript!({ npm_execpath: npm }, join(tmpdir(), 'node'))).to.equal(npm);
    rmSync(folder, { recursive: true });
  });

  it('builds when a source is newer, came or went', async () => {
    const { isCurrent } = await load('ensureBuilt.mjs');
    const last = { time: 10, names: ['a', 'b'] };
    expect(
      isCurrent!(
        [
          { name: 'a', time: 1 },
          { name: 'b', time: 10 },
        ],
        last,
      ),
    ).to.equal(true);
    expect(
      isCurrent!(
        [
          { name: 'a', time: 1 },
          { name: 'b', time: 11 },
        ],
        last,
      ),
    ).to.equal(false);
    expect(isCurrent!([{ name: 'a', time: 1 }], last)).to.equal(false);
    expect(
      isCurrent!(
        [
          { name: 'a', time: 1 },
          { name: 'c', time: 1 },
        ],
        last,
      ),
    ).to.equal(false);
    expect(isCurrent!([], undefined)).to.equal(false);
  });

  it('makes anew what is newer or new, and everything after another setting', async () => {
    const { changedSince } = await load('ensureBuilt.mjs');
    const sources = ['a', 'b', 'c', 'tsconfig.json'].map((name) => ({ name, time: name === 'b' ? 9 : 1 }));
    const last = { time: 5, names: ['a', 'b', 'tsconfig.json'] };
    expect(changedSince!(sources, last)).to.deep.equal(['b', 'c']);
    const other = sources.map((source) => ({ ...source, time: source.name === 'tsconfig.json' ? 9 : 1 }));
    expect(changedSince!(other, last)).to.deep.equal(['a', 'b', 'c', 'tsconfig.json']);
  });
});
