import { expect } from 'chai';
import { Stats } from 'node:fs';
import { join } from 'node:path';
import { type FileCalls, realFiles } from '../../server/platform/files/FileCalls.js';
import { namedFolder, programFolders, programPath } from '../../server/platform/trustedEnvironment.js';

/** Owner and mode of each folder; all others are root's and closed. */
const FOLDERS: Readonly<Record<string, readonly [userId: number, mode: number]>> = {
  '/home/u': [1000, 0o755],
  '/home/u/bin': [0, 0o755],
  '/srv/open': [0, 0o777],
  '/srv/group': [0, 0o775],
  '/tmp': [0, 0o1777],
  '/tmp/of-root': [0, 0o700],
};
const LINKS: Readonly<Record<string, string>> = { '/opt/link': '/home/u' };

const calls: FileCalls = {
  ...realFiles,
  existsSync: (path) =>
    !path.includes('missing') && (!path.endsWith('/id') || path === '/usr/bin/id' || path === '/home/u/id'),
  realpathSync: (path) => LINKS[path] ?? path,
  lstatSync: (path) => {
    const [uid, mode] = FOLDERS[path] ?? [0, 0o755];
    return Object.assign(new Stats(), { uid, mode });
  },
};

const describeElsewhere = process.platform === 'win32' ? describe.skip : describe;

describeElsewhere('platform: the environment that root goes by', () => {
  const root = { userId: 0, calls };
  const user = { userId: 1000, calls };
  const path = [...Object.keys(FOLDERS), '/opt/link', '/opt/tools', '/opt/missing', '.', '', 'bin'].join(':');

  it('looks for programs only where nobody else can put one, then where the system has its own', () => {
    expect(programFolders(path, root)).to.deep.equal([
      '/tmp/of-root',
      '/opt/tools',
      '/usr/bin',
      '/bin',
      '/usr/sbin',
      '/sbin',
    ]);
    expect(programPath('id', { PATH: '/home/u' }, root)).to.equal('/usr/bin/id');
    expect(programPath('missing', { PATH: '/home/u' }, root)).to.equal('missing');
  });

  it('leaves everybody else the PATH of the session', () => {
    expect(programFolders('/home/u:/srv/open', user)).to.deep.equal(['/home/u', '/srv/open']);
    expect(programPath('id', { PATH: '/home/u' }, user)).to.equal(join('/home/u', 'id'));
  });

  it('takes a folder that a variable names for root only where nobody else can exchange it', () => {
    for (const folder of ['/home/u', '/home/u/bin', '/srv/open', '/srv/group', '/opt/link', '/opt/missing', 'run', ''])
      expect(namedFolder(folder, root), folder).to.equal(undefined);
    expect(['/tmp', '/tmp/of-root', '/run'].map((folder) => namedFolder(folder, root))).to.deep.equal([
      '/tmp',
      '/tmp/of-root',
      '/run',
    ]);
    expect(namedFolder('/home/u', user)).to.equal('/home/u');
  });
});
