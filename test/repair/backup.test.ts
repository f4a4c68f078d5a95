import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processEnd } from '../../server/cli/processEnd.js';
import type { SiteBackup, SiteRestore, SiteRestoreRequest } from '../../server/contract/generated/types.js';
import { realSealer } from '../../server/platform/sealSecret.js';
import { realEngineDeps } from '../../server/rpc/EngineDeps.js';
import { RelayBackend } from '../../server/relay/RelayBackend.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import { openSite } from '../../server/site/openSite.js';
import { readSecret } from '../../server/site/siteSecrets.js';
import { type SampleUpstream, startSampleUpstream } from '../bench/SampleUpstream.js';
import { main, RealSite } from '../process/RealSite.js';
import { caughtFrom } from '../rpc/caught.js';

describe('Backup and restore of a site with its real engine', function () {
  let upstream: SampleUpstream;
  let site: RealSite;
  let backend: RelayBackend;
  let made: SiteBackup;
  const never = new AbortController().signal;
  const place = (name: string): string => join(site.home, name);
  const pending = (name: string) => ({ requestId: randomUUID(), addProduct: [name], allowPending: true });

  const backUp = async (name: string, password?: string): Promise<SiteBackup> => {
    await backend.connect({ sitePath: site.site.path });
    return backend.backup({ requestId: randomUUID(), path: place(name), password }, never);
  };
  const restore = async (change: Partial<SiteRestoreRequest> = {}): Promise<SiteRestore> =>
    backend.restore(
      { requestId: randomUUID(), path: made.Path, sitePath: site.site.path, replace: true, ...change },
      never,
    );
  const pendingNames = async (): Promise<readonly string[]> =>
    [...(await site.client().request('component/get', {})).PendingCategories].sort();
  const updates = async (): Promise<number> => (await site.client().request('update/list', {})).updates.length;

  before(async () => {
    upstream = await startSampleUpstream(['--updates', '60', '--seed', '3', '--all-current']);
    site = await RealSite.make();
    backend = new RelayBackend(
      { ...realSiteEnvironment(), env: { ...process.env, CONFIGMGRSYNC_HOME: site.home, CONFIGMGRSYNC_SITE: '' } },
      realEngineDeps(),
      () => undefined,
    );
    const client = site.client();
    await client.request('component/set', {
      requestId: randomUUID(),
      upstreamSourceLocation: upstream.url,
      allProducts: true,
      allClassifications: true,
      proxyServer: 'http://proxy.test:8080',
      proxyPassword: 'sesame',
      noProxy: ['127.0.0.1'],
    });
    const { run } = await client.request('sync/start', { requestId: randomUUID() });
    expect((await client.request('run/wait', { id: run.Id })).run.State).to.equal('Succeeded');
    await client.request('component/set', pending('before the backup'));
    made = await backUp('backup', 'correct horse');
    await client.request('component/set', pending('after the backup'));
  });
  after(async () => {
    await backend.close();
    await site.remove();
    await upstream.stop();
  });

  it('copies the site of one moment while a synchronization goes on, and says what is not in it', async () => {
    expect(made).to.include({ SiteCode: 'ABC', HasSecrets: true, Updates: await updates() });
    expect(made.Documents).to.be.greaterThan(60);
    const engine = site.engineId;
    const { run } = await site.client().request('sync/start', { requestId: randomUUID(), fullSync: true });
    const second = await backUp('second');
    expect((await site.client().request('run/wait', { id: run.Id })).run.State).to.equal('Succeeded');
    expect(site.engineId).to.equal(engine);
    expect(second.Warnings.join()).to.contain('the password for the proxy').and.to.contain('Without a password');
    expect(existsSync(join(second.Path, 'secrets.enc'))).to.equal(false);
    const everything = readdirSync(made.Path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'));
    expect(everything.filter((text) => text.includes('sesame'))).to.deep.equal([]);
  });

  it('refuses a folder that is there, one in the site folder, and what is no backup', async () => {
    expect((await caughtFrom(backUp('backup'))).errorId).to.equal('BackupExists');
    await backend.connect({ sitePath: site.site.path });
    const inside = backend.backup({ requestId: randomUUID(), path: join(site.site.path, 'copy') }, never);
    const refused = await caughtFrom(inside);
    expect([refused.errorId, refused.message.includes('it is inside the site folder')]).to.deep.equal([
      'BackupTargetInvalid',
      true,
    ]);
    expect((await caughtFrom(restore({ path: site.home }))).errorId).to.equal('BackupInvalid');
    expect((await caughtFrom(restore({ replace: false }))).errorId).to.equal('SiteExists');
    expect((await caughtFrom(restore({ password: 'wrong' }))).errorId).to.equal('BackupPasswordWrong');
  });

  it('is ended early without a rest', async () => {
    await backend.connect({ sitePath: site.site.path });
    const stop = new AbortController();
    backend.onProgress(() => stop.abort());
    const backup = backend.backup({ requestId: randomUUID(), path: place('cancelled') }, stop.signal);
    expect((await caughtFrom(backup)).errorId).to.equal('Cancelled');
    backend.onProgress(() => undefined);
    expect(readdirSync(site.home).filter((name) => name.startsWith('cancelled'))).to.deep.equal([]);
  });

  it('names the damaged file of a backup and changes nothing', async () => {
    const damaged = place('damaged');
    cpSync(made.Path, damaged, { recursive: true });
    const name = readdirSync(join(damaged, 'documents')).find((file) => file.endsWith('.seg')) ?? '';
    const bytes = readFileSync(join(damaged, 'documents', name));
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(join(damaged, 'documents', name), bytes);
    const engine = site.engineId;
    expect((await caughtFrom(restore({ path: damaged }))).message).to.contain(`documents/${name} is damaged`);
    expect(site.engineId).to.equal(engine);
    expect(await pendingNames()).to.include('Product:after the backup');
  });

  it('leaves a synchronization under way alone', async () => {
    const { run } = await site.client().request('sync/start', { requestId: randomUUID(), fullSync: true });
    const error = await caughtFrom(restore());
    expect([error.errorId, error.message.includes(`synchronization ${run.Id} is running`)]).to.deep.equal([
      'RestoreRefused',
      true,
    ]);
    await site.client().request('run/wait', { id: run.Id });
  });

  it('puts the site back, ends its idle engine, and checks only with whatIf', async () => {
    const engine = site.engineId;
    const preview = await restore({ whatIf: true });
    expect(preview).to.include({ WhatIf: true, Replaced: true, InstallDir: site.site.path });
    expect([site.engineId, await pendingNames()]).to.deep.equal([
      engine,
      ['Product:after the backup', 'Product:before the backup'],
    ]);
    const restored = await restore();
    expect(restored).to.include({ WhatIf: false, Replaced: true, Documents: made.Documents, HasSecrets: false });
    expect(restored.Warnings.join()).to.contain('keeps the keys and passwords it had before');
    await processEnd(engine);
    expect(await pendingNames()).to.deep.equal(['Product:before the backup']);
    expect(await updates()).to.equal(made.Updates);
    expect(await readSecret(site.site, 'proxyPassword', realSealer())).to.equal('sesame');
    expect(readdirSync(site.site.path).filter((name) => name.startsWith('restore'))).to.deep.equal([]);
  });

  it('is finished by the next engine where it is killed once it is decided', async () => {
    await site.client().request('component/set', pending('before the kill'));
    const seen = new Promise<void>((resolve) => {
      const watcher = watch(site.site.path, (_event, name) => {
        if (name !== 'restore.json') return;
        watcher.close();
        resolve();
      });
    });
    const args = ['restore', '--path', made.Path, '--site-path', site.site.path, '--replace'];
    const child = spawn(process.execPath, [main, ...args], { env: site.env, stdio: 'ignore' });
    const ended = once(child, 'close');
    await Promise.race([seen, ended]);
    child.kill('SIGKILL');
    await ended;
    expect(await pendingNames()).to.deep.equal(['Product:before the backup']);
    expect(readdirSync(site.site.path).filter((name) => name.startsWith('restore'))).to.deep.equal([]);
  });

  it('makes the site in a new folder, with its keys by the password', async () => {
    const target = place('elsewhere');
    const restored = await restore({ sitePath: target, password: 'correct horse' });
    expect(restored).to.include({ Replaced: false, InstallDir: target, HasSecrets: true });
    expect(restored.Warnings).to.deep.equal([]);
    const other = await openSite(target);
    expect(other.siteGuid).to.equal(site.site.siteGuid);
    expect(other.secret).not.to.equal(site.site.secret);
    expect(await readSecret(other, 'proxyPassword', realSealer())).to.equal('sesame');
    await backend.connect({ sitePath: target });
    expect((await (await backend.client()).request('update/list', {})).updates).to.have.length(made.Updates);
    await (await backend.client()).request('engine/stop', { requestId: randomUUID() });
    const bare = await restore({ sitePath: place('bare') });
    expect(bare.Warnings.join('\n')).to.contain('Not restored: the password for the proxy; set it again.');
    rmSync(place('bare'), { recursive: true });
  });
});
