import { expect } from 'chai';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { engineSocketFolder, readEngineRecord } from '../../server/rpc/enginePlace.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import { createSite } from '../../server/site/createSite.js';
import { folderUse } from '../../server/site/folderUse.js';
import { skipBecause } from '../fixtures/skipBecause.js';
import { RawPeer } from '../rpc/RawPeer.js';
import { RealSite } from './RealSite.js';

const STRANGER = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;

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
      {
        requestId: 's',
        siteCode: 'SHR',
        path: join(site.home, 'SHR'),
        // Root makes no such site for itself.
        operators: [String(isRoot ? STRANGER.gid : process.getgid?.())],
        account: isRoot ? 'nobody' : undefined,
      },
      realSiteEnvironment(),
    );
    chmodSync(site.home, 0o755);
    expect((await site.cli(['config', 'set', '--add-product', 'x', '--site-path', shared.path])).code).to.equal(0);
    const folder = dirname(readEngineRecord(shared)!.address);
    for (const mode of [statSync(shared.path).mode, statSync(folder).mode, ...modes(shared.path), ...modes(folder)]) {
      expect(mode & 0o007, mode.toString(8)).to.equal(0);
      expect(mode & 0o060, mode.toString(8)).to.equal(0o060);
    }
    process.kill(readEngineRecord(shared)!.processId, 'SIGKILL');
  });

  it('does not listen to whoever does not know the secret', async () => {
    await site.client().request('site/get', {});
    const peer = new RawPeer(site.site);
    expect(await peer.open('00'.repeat(32))).to.contain('HelloRefused');
    await peer.closed;
  });

  it('shuts out another account: no command, no engine, no connection', async function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'a second account needs root');
    chmodSync(site.home, 0o755);
    await site.client().request('site/get', {});
    for (const verb of [['status'], ['engine']]) {
      const end = await site.cli([...verb, '--site-path', site.site.path], STRANGER);
      expect([end.code, end.out], end.err).to.deep.equal([1, '']);
      expect(end.err).to.contain('SiteAccessDenied').and.contain('It is for the user 0.');
    }
    chmodSync(site.home, 0o700);
    const shut = await site.cli(['status', '--site-path', site.site.path], STRANGER);
    expect([shut.code, shut.err], shut.err).to.deep.equal([
      1,
      `SiteFolderNotReadable: This account may not read ${site.site.path}.\n` +
        'Run as an account that may read it and the folders above it; on Windows use an elevated session.\n',
    ]);
    chmodSync(site.home, 0o755);
    const address = JSON.stringify(readEngineRecord(site.site)!.address);
    const script =
      `require('net').connect(${address}).on('error', (e) => { console.log(e.code); process.exit(); ` +
      `}).on('connect', () => process.exit(1))`;
    expect(spawnSync(process.execPath, ['-e', script], STRANGER).stdout.toString()).to.equal('EACCES\n');
  });

  it('uses a site that somebody else made under the account of its owner, as root too', async function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'a second account needs root');
    const folder = join(site.home, 'open');
    mkdirSync(folder);
    chmodSync(site.home, 0o755);
    execFileSync('chown', ['65534:65534', folder]);
    const path = join(folder, 'NOB');
    expect((await site.cli(['site', 'new', '--site-code', 'NOB', '--path', path], STRANGER)).err).to.equal('');
    const end = await site.cli(['status', '--site-path', path]);
    expect([end.code, end.err]).to.deep.equal([0, '']);
    for (const entry of readdirSync(path, { withFileTypes: true, recursive: true }))
      expect(statSync(join(entry.parentPath, entry.name)).uid, entry.name).to.equal(65_534);
    const engine = JSON.parse(readFileSync(join(path, 'engine.json'), 'utf8')) as { processId: number };
    expect(statSync(`/proc/${engine.processId}`).uid).to.equal(65_534);
    process.kill(engine.processId, 'SIGTERM');
  });

  it('decides under which account a folder is used', () => {
    const folder = (uid: number, mode: number) => ({ uid, gid: 50, mode });
    const user = { userId: 7, groups: [7, 50] };
    const root = { userId: 0, groups: [0] };
    const account = (isShared: boolean) => ({ as: 'account', account: { userId: 8, groupId: 50, isShared } });
    for (const [uid, mode] of [
      [7, 0o700],
      [0, 0o770],
      [8, 0o2770],
    ] as const)
      expect(folderUse(folder(uid, mode), user), String(uid)).to.deep.equal({ as: 'self' });
    const foreign = { as: 'nobody', reason: 'it belongs to the user 8' };
    expect(folderUse(folder(8, 0o770), { userId: 7, groups: [7] })).to.deep.equal(foreign);
    expect(folderUse(folder(8, 0o700), user)).to.deep.equal(foreign);
    expect(folderUse(folder(0, 0o700), root)).to.deep.equal({ as: 'self' });
    expect(folderUse(folder(0, 0o2770), root)).to.include({ as: 'guest' });
    expect(folderUse(folder(8, 0o700), root)).to.deep.equal(account(false));
    expect(folderUse(folder(8, 0o2770), root)).to.deep.equal(account(true));
    for (const who of [user, root])
      expect(folderUse(folder(7, 0o777), who)).to.deep.equal({ as: 'nobody', reason: 'everybody may write there' });
    expect(folderUse(folder(8, 0o777), undefined)).to.deep.equal({ as: 'self' });
  });
});
