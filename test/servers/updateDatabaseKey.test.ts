import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import pg from 'pg';
import type { Health } from '../../server/contract/generated/types.js';
import { realSealer } from '../../server/platform/sealSecret.js';
import { newDatabaseKey } from '../../server/site/databaseKey.js';
import { readSecret } from '../../server/site/siteSecrets.js';
import { newRequestId } from '../engine/TestSite.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { RealSite } from '../process/RealSite.js';
import { caughtFrom } from '../rpc/caught.js';
import { sharedSites } from './sharedSites.js';

describe('The key of the database of a site with several servers', function () {
  const folder = temporaryFolder();
  const { cleanup, database, further, keyOf, ...sites } = sharedSites();

  const first = async (): Promise<RealSite> => {
    const site = await sites.first();
    await setPassword(site, 'before');
    return site;
  };
  const setPassword = async (site: RealSite, proxyPassword: string): Promise<unknown> =>
    site.client().request('component/set', {
      requestId: newRequestId(),
      proxyServer: 'http://proxy:8080',
      proxyPassword,
    });
  const give = async (site: RealSite, key: string, ...more: string[]): ReturnType<RealSite['cli']> => {
    const file = path.join(folder(), 'key.txt');
    fs.writeFileSync(file, `${key}\n`);
    return site.cli(['site', 'set-database-key', '--database-key-file', file, ...more]);
  };
  const kept = async ({ site }: RealSite, name: Parameters<typeof readSecret>[1]): Promise<string> =>
    (await readSecret(site, name, realSealer())) ?? '';
  const healthOf = async (site: RealSite): Promise<string> =>
    JSON.stringify((await site.client().request('health/get', {})) satisfies Health);

  it('is changed by the owner; each other server is named, says what it lacks, and takes the new one', async () => {
    const one = await first();
    const two = await further(one);
    await setPassword(two, 'through the owner');
    const old = await keyOf(one);
    const refused = two.client().request('database/updateKey', { requestId: newRequestId() });
    expect((await caughtFrom(refused)).errorId).to.equal('ServerFilesElsewhere');
    const updated = await one.cli(['site', 'update-database-key']);
    expect(updated.code).to.equal(0);
    expect(updated.err).to.contain('The server cm02.test needs the new key');
    const key = await keyOf(one);
    expect(key).not.to.equal(old);

    const lacking = async (): Promise<string> => (await caughtFrom(setPassword(two, 'x'))).errorId;
    expect(await lacking()).to.equal('DatabaseKeyChanged');
    expect(await healthOf(two)).to.contain('the server cm02.test does not have the new one');
    expect(await healthOf(one)).not.to.contain('the new one');
    expect((await two.cli(['site', 'database-key'])).err).to.match(/^DatabaseKeyChanged: /m);
    await two.kill();
    expect(await lacking()).to.equal('DatabaseKeyChanged');
    expect((await two.cli(['status'])).code).to.equal(0);

    for (const wrong of [old, newDatabaseKey()]) expect((await give(two, wrong)).err).to.match(/^DatabaseKeyWrong: /m);
    expect((await give(two, `${key}x`)).err).to.match(/^DatabaseKeyInvalid: /m);
    expect((await give(two, key, '--what-if')).out).to.contain('can open');
    expect(await lacking()).to.equal('DatabaseKeyChanged');
    expect((await give(two, key)).err).to.equal('');
    await setPassword(two, 'with the new key');
    expect(await readSecret(one.site, 'proxyPassword', realSealer())).to.equal('with the new key');
    expect(await healthOf(two)).not.to.contain('the new one');
    expect(await keyOf(two)).to.equal(key);
  });

  it('is not lost by a kill before the database is sealed again, and the same request changes it then', async () => {
    const one = await first();
    const old = await keyOf(one);
    const { server, name } = database();
    const lock = new pg.Client({ host: server.folder, port: server.port, user: 'postgres', database: name });
    await lock.connect();
    cleanup.add(async () => lock.end());
    await lock.query('BEGIN; LOCK TABLE configmgrsync.site_key IN SHARE ROW EXCLUSIVE MODE');
    const changing = one.client().request('database/updateKey', { requestId: newRequestId() });
    const waits = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'configmgrsync.site_key'::regclass";
    while ((await lock.query(waits)).rows.length === 0);
    const pending = await kept(one, 'nextDatabaseKey');
    expect([await kept(one, 'databaseKey'), pending === '']).to.deep.equal([old, false]);
    await one.kill();
    await lock.query('ROLLBACK');
    expect(await changing).to.deep.equal({ servers: [] });
    const key = await keyOf(one);
    expect([old, pending]).not.to.include(key);
    expect([await kept(one, 'nextDatabaseKey'), await kept(one, 'previousDatabaseKey')]).to.deep.equal(['', old]);
    const two = await further(one);
    expect(await readSecret(two.site, 'proxyPassword', realSealer())).to.equal('before');
  });

  it('is not changed where nobody shares the database', async () => {
    const alone = await RealSite.make();
    cleanup.add(async () => alone.remove());
    for (const done of [await alone.cli(['site', 'update-database-key']), await give(alone, newDatabaseKey())])
      expect(done.err).to.match(/^DatabaseNotShared: /m);
  });
});
