import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Component, RunProgress, SyncServer } from '../../server/contract/generated/types.js';
import { realSealer } from '../../server/platform/sealSecret.js';
import { newDatabaseKey } from '../../server/site/databaseKey.js';
import { endEngine } from '../../server/relay/runningEngine.js';
import { openSite } from '../../server/site/openSite.js';
import { readSecret } from '../../server/site/siteSecrets.js';
import { readCertificates } from '../../server/link/certificates/siteCertificates.js';
import { startSampleUpstream } from '../bench/SampleUpstream.js';
import { runVerb } from '../cli/runVerb.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { newRequestId } from '../engine/TestSite.js';
import { RealSite } from '../process/RealSite.js';
import { caughtFrom } from '../rpc/caught.js';
import { sharedSites } from './sharedSites.js';

describe('A further server of a site', function () {
  const folder = temporaryFolder();
  const { cleanup, database, first, further, keyOf } = sharedSites();
  const attach = async (key: string, ...args: string[]): ReturnType<typeof runVerb> =>
    runVerb(['site', 'attach', ...args], {
      CONFIGMGRSYNC_HOME: folder(),
      CONFIGMGRSYNC_DATABASE_URL: database().address,
      CONFIGMGRSYNC_DATABASE_KEY: key,
    });

  it('is the same site with a folder, a pipe and a secret of its own, and carries changes to the owner', async () => {
    const one = await first();
    await one.client().request('component/set', {
      requestId: newRequestId(),
      proxyServer: 'http://proxy:8080',
      proxyPassword: 's3cret',
    });
    const two = await further(one, 'cm02.test');
    expect(two.site.siteGuid).to.equal(one.site.siteGuid);
    expect(two.site.pipeName).not.to.equal(one.site.pipeName);
    expect(two.site.secret).not.to.equal(one.site.secret);
    expect(await readSecret(two.site, 'proxyPassword', realSealer())).to.equal('s3cret');
    const [ours, theirs] = [one, two].map(async ({ site }) => readCertificates({ site, sealer: realSealer() }));
    expect((await theirs)?.authority).to.deep.equal((await ours)?.authority);
    const requestId = newRequestId();
    const changed = await two
      .client()
      .request('component/set', { requestId, fullSyncIntervalDays: 9, proxyPassword: 'other' });
    expect(changed.component.FullSyncIntervalDays).to.equal(9);
    expect((await one.json<Component>('config', 'get')).FullSyncIntervalDays).to.equal(9);
    expect(await readSecret(one.site, 'proxyPassword', realSealer())).to.equal('other');
    const again = await two
      .client()
      .request('component/set', { requestId, fullSyncIntervalDays: 9, proxyPassword: 'other' });
    expect(again).to.deep.equal(changed);
    const servers = await two.json<SyncServer[]>('site', 'servers');
    expect(servers.map(({ ServerName, Role, State }) => [ServerName, Role, State])).to.deep.equal(
      [
        ['cm02.test', 'Follower', 'Running'],
        [one.site.serverName, 'Owner', 'Running'],
      ].sort(),
    );
    expect(servers.find(({ IsThisServer }) => IsThisServer)?.ServerName).to.equal('cm02.test');
  });

  it('is refused by name: a wrong key, a server twice, a folder in use, a database without a site', async () => {
    const one = await first();
    expect((await attach(newDatabaseKey())).err).to.contain('no engine of the site has shared its keys');
    const key = await keyOf(one);
    expect((await attach(newDatabaseKey())).err).to.contain('does not open what the servers');
    expect((await attach(`${key}x`)).err).to.match(/^DatabaseKeyInvalid: .*cannot be used/m);
    expect((await attach(key)).err)
      .to.contain(`already has a server ${one.site.serverName}`)
      .and.match(/^ServerExists: /m);
    fs.mkdirSync(path.join(folder(), 'taken'));
    fs.writeFileSync(path.join(folder(), 'taken', 'file'), '');
    const used = await attach(key, '--server-name', 'x', '--site-path', path.join(folder(), 'taken'));
    expect(used.err).to.contain('already exists');
    const { server, name } = database();
    server.sql('ALTER SCHEMA configmgrsync RENAME TO other', name);
    expect((await attach(key, '--server-name', 'x')).err).to.match(/^DatabaseHoldsNoSite: .*holds no site/m);
    server.sql('ALTER SCHEMA other RENAME TO configmgrsync', name);
    server.sql('UPDATE configmgrsync.store SET own_format = own_format - 1', name);
    expect((await attach(key, '--server-name', 'x')).err).to.match(/^DatabaseOlderFormat: .*run an older version/m);
    server.sql('UPDATE configmgrsync.store SET own_format = own_format + 2', name);
    expect((await attach(key, '--server-name', 'x')).err).to.contain('A newer version wrote the site database');
    expect(fs.readdirSync(folder())).to.deep.equal(['taken']);
  });

  it('has operators of its own, and names one that it cannot have', async () => {
    const one = await first();
    const key = await keyOf(one);
    const isRoot = process.geteuid?.() === 0;
    const group = String(isRoot ? 65_534 : process.getgid?.());
    const to = (name: string): string[] => ['--server-name', name, '--site-path', path.join(folder(), name)];
    const owner = isRoot ? ['--account', 'nobody'] : [];
    const unknown = await attach(key, ...to('cm02'), '--operator', 'no-such-group', ...owner);
    expect([unknown.code !== 0, unknown.err]).to.satisfy(
      ([failed, text]: [boolean, string]) => failed && text.includes('no-such-group'),
    );
    expect(fs.existsSync(path.join(folder(), 'cm02'))).to.equal(false);
    const made = await attach(key, ...to('cm03'), '--operator', group, ...owner);
    expect(made.err).to.equal('');
    expect((await openSite(path.join(folder(), 'cm03'))).operators).to.have.length(1);
  });

  it('synchronizes, exports and imports through the owner, and hears how far it is', async () => {
    const upstream = await startSampleUpstream(['--updates', '40', '--seed', '3', '--all-current']);
    cleanup.add(async () => upstream.stop());
    const one = await first();
    const two = await further(one, 'cm02.test');
    const client = two.client();
    const heard: RunProgress[] = [];
    client.onProgress((progress) => heard.push(progress));
    await client.request('component/set', {
      requestId: newRequestId(),
      synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
      upstreamSourceLocation: upstream.url,
      allClassifications: true,
      allProducts: true,
    });
    const { run } = await client.request('sync/start', { requestId: newRequestId() });
    await client.request('run/watch', { id: run.Id });
    const ended = (await client.request('run/wait', { id: run.Id })).run;
    expect(ended.State).to.equal('Succeeded');
    expect(heard.map(({ RunId }) => RunId)).to.include(run.Id);
    const listed = async (site: RealSite): Promise<number> =>
      (await site.client().request('update/list', {})).updates.length;
    expect(await listed(two)).to.be.greaterThan(20);
    expect(await listed(two)).to.equal(await listed(one));
    const file = path.join(folder(), 'out.cab');
    expect((await two.cli(['export', '--path', file])).err).to.equal('');
    expect(fs.existsSync(file)).to.equal(true);
    expect(fs.readdirSync(path.join(one.path, 'Transfer'))).to.deep.equal([]);
    const imported = await two.cli(['import', '--path', file]);
    expect(imported.code, imported.err).to.equal(0);
    // Lines of the log wait a moment before they are written, and for the end of the engine no longer.
    await endEngine(one.site, { ...one.deps, endSeconds: 30 });
    expect(one.syncLog.join('\n')).to.contain('Importing');
  });

  it('is shown when it has died, and leaves the list', async () => {
    const one = await first();
    const two = await further(one, 'cm02.test');
    await two.json('site', 'servers');
    const saved = two.client().request('content/save', { requestId: newRequestId(), names: ['*'], packageName: 'x' });
    expect((await caughtFrom(saved)).errorId).to.equal('ServerFilesElsewhere');
    const running = await one.cli(['site', 'remove-server', 'CM02.test']);
    expect(running.err).to.match(/^ServerRunning: The server cm02\.test of site ABC runs/m);
    await two.kill();
    const { server, name } = database();
    server.sql("UPDATE configmgrsync.server SET heartbeat = heartbeat - 60000 WHERE host = 'cm02.test'", name);
    const [dead] = await one.json<SyncServer[]>('site', 'servers');
    expect(dead).to.deep.include({ ServerName: 'cm02.test', Role: 'None', State: 'Silent' });
    expect((await one.cli(['site', 'remove-server', 'nosuch'])).err).to.match(
      /^ServerNotFound: .*has no server nosuch\. It has: cm02\.test/m,
    );
    expect((await one.cli(['site', 'remove-server', 'cm02.test'])).code).to.equal(0);
    expect((await one.json<SyncServer[]>('site', 'servers')).map(({ ServerName }) => ServerName)).to.deep.equal([
      one.site.serverName,
    ]);
  });

  it('has no key where the database is not in PostgreSQL', async () => {
    const alone = await RealSite.make();
    cleanup.add(async () => alone.remove());
    expect((await alone.cli(['site', 'database-key'])).err).to.match(/^DatabaseNotShared: /m);
  });

  it('gets its key from a file that nobody else can read', async () => {
    const one = await first();
    const file = path.join(folder(), 'key.txt');
    expect((await one.cli(['site', 'database-key', '--out', file])).code).to.equal(0);
    expect(fs.readFileSync(file, 'utf8').trim()).to.equal(await keyOf(one));
    expect(fs.statSync(file).mode & 0o077).to.equal(0);
    expect((await one.cli(['site', 'database-key', '--out', file])).err).to.contain('already exists');
    expect((await one.cli(['site', 'database-key', '--out', file, '--force'])).code).to.equal(0);
    const named = ['--database-key-file', file, '--server-name', 'x', '--site-path', path.join(folder(), 'ABC')];
    expect((await attach('', ...named)).code).to.equal(0);
    expect((await attach('', ...named)).err).to.contain('already exists');
  });
});
