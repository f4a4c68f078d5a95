import { expect } from 'chai';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { engineSocketFolder, readEngineNote } from '../../server/rpc/enginePlace.js';
import { createSite } from '../../server/site/createSite.js';
import { reasonAgainstOwner } from '../../server/site/reasonAgainstOwner.js';
import { realSiteEnvironment } from '../../server/site/SiteEnvironment.js';
import { RawPeer } from '../rpc/RawPeer.js';
import { RealSite } from './RealSite.js';

const stranger = { uid: 65_534, gid: 65_534 };

describe('lifecycle: who may use a site', () => {
  let site: RealSite;
  beforeEach(async function () {
    if (process.platform === 'win32') this.skip();
    site = await RealSite.make();
  });
  afterEach(() => site.remove());

  /** Modes of everything in the site folder and of its sockets. */
  const modes = (folder: string): number[] =>
    readdirSync(folder, { withFileTypes: true, recursive: true }).map(
      (entry) => statSync(join(entry.parentPath, entry.name)).mode,
    );

  it('keeps files and sockets to the account, with operators to their group', async () => {
    await site
      .client()
      .request('component/set', { requestId: randomUUID(), proxyServer: 'http://proxy:1', proxyPassword: 'x' });
    const sockets = engineSocketFolder(site.site)!;
    for (const mode of [
      statSync(site.site.path).mode,
      statSync(sockets).mode,
      ...modes(site.site.path),
      ...modes(sockets),
    ])
      expect(mode & 0o077).to.equal(0);
    const shared = await createSite(
      { requestId: 's', siteCode: 'SHR', path: join(site.home, 'SHR'), operators: [String(process.getgid?.() ?? 0)] },
      realSiteEnvironment(),
    );
    expect((await site.cli(['config', 'set', '--add-product', 'x', '--site-path', shared.path])).code).to.equal(0);
    const folder = engineSocketFolder(shared)!;
    for (const mode of [statSync(shared.path).mode, statSync(folder).mode, ...modes(shared.path), ...modes(folder)]) {
      expect(mode & 0o007, mode.toString(8)).to.equal(0);
      expect(mode & 0o060, mode.toString(8)).to.equal(0o060);
    }
    process.kill(readEngineNote(shared)!.processId, 'SIGKILL');
  });

  it('does not listen to whoever does not know the secret', async () => {
    await site.client().request('site/get', {});
    const peer = new RawPeer(site.site);
    expect(await peer.open('00'.repeat(32))).to.contain('HelloRefused');
    await peer.closed;
  });

  it('shuts out another account: no command, no engine, no connection', async function () {
    if (process.getuid?.() !== 0) this.skip();
    chmodSync(site.home, 0o755);
    await site.client().request('site/get', {});
    for (const verb of [['status'], ['engine']]) {
      const end = await site.cli([...verb, '--site-path', site.site.path], stranger);
      expect([end.code, end.out], end.err).to.deep.equal([1, '']);
      expect(end.err).to.contain('this account has no access to it');
    }
    const address = JSON.stringify(readEngineNote(site.site)!.address);
    const script =
      `require('net').connect(${address}).on('error', (e) => { console.log(e.code); process.exit(); ` +
      `}).on('connect', () => process.exit(1))`;
    expect(spawnSync(process.execPath, ['-e', script], stranger).stdout.toString()).to.equal('EACCES\n');
  });

  it('does not use a site that somebody else made, not even as root', async function () {
    if (process.getuid?.() !== 0) this.skip();
    const folder = join(site.home, 'open');
    mkdirSync(folder);
    chmodSync(site.home, 0o755);
    execFileSync('chown', ['65534:65534', folder]);
    const path = join(folder, 'NOB');
    expect((await site.cli(['site', 'new', '--site-code', 'NOB', '--path', path], stranger)).err).to.equal('');
    const end = await site.cli(['status', '--site-path', path]);
    expect([end.code, end.err.split('\n')[0]]).to.deep.equal([
      1,
      `SiteFolderNotTrusted: The folder ${path} was made by somebody else or is open to others: it belongs to the ` +
        `user 65534.`,
    ]);
    expect(readdirSync(dirname(path))).to.deep.equal(['NOB']);
    expect(readdirSync(join(path, 'Logs'))).to.deep.equal([]);
  });

  it('judges the owner of a folder', () => {
    const folder = (uid: number, mode: number) => ({ uid, gid: 50, mode });
    const account = { userId: 7, groups: [7, 50] };
    expect(reasonAgainstOwner(folder(7, 0o700), account)).to.equal(undefined);
    expect(reasonAgainstOwner(folder(0, 0o770), account)).to.equal(undefined);
    expect(reasonAgainstOwner(folder(8, 0o2770), account)).to.equal(undefined);
    expect(reasonAgainstOwner(folder(8, 0o770), { userId: 7, groups: [7] })).to.contain('user 8');
    expect(reasonAgainstOwner(folder(8, 0o700), account)).to.contain('user 8');
    expect(reasonAgainstOwner(folder(8, 0o700), { userId: 0, groups: [0] })).to.contain('user 8');
    expect(reasonAgainstOwner(folder(7, 0o777), account)).to.contain('everybody');
    expect(reasonAgainstOwner(folder(8, 0o777), undefined)).to.equal(undefined);
  });
});
