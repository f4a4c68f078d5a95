import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Component, SiteMove } from '../../server/contract/generated/types.js';
import { GatedUpstream } from '../process/GatedUpstream.js';
import { RealSite } from '../process/RealSite.js';
import { testDatabase } from '../store/postgres/postgresSuite.js';
import { subscribeTo, synchronize } from '../store/postgres/synchronizeFrom.js';
import { Cleanup } from '../upstream/harness.js';

const UPDATES = 80;
const DAILY = '0001200000100008';

describe('Sites of a hierarchy that are moved while their engines work', function () {
  const cleanup = new Cleanup();
  // Before the databases are taken from under their engines.
  afterEach(async () => cleanup.run());
  const [above, below] = [testDatabase(), testDatabase()];

  const made = async (options: Parameters<typeof RealSite.make>[0]): Promise<RealSite> => {
    const site = await RealSite.make(options);
    cleanup.add(async () => site.remove());
    return site;
  };
  const upstreamOf = async (): Promise<GatedUpstream> => {
    const upstream = await GatedUpstream.start(UPDATES);
    cleanup.add(async () => upstream.close());
    return upstream;
  };
  const portOf = (site: RealSite): string => new URL(site.heartbeat.address).port;
  /** Moves it with its engine at work, and starts the service again, at the same port. */
  const move = async (site: RealSite, database: string, address: string): Promise<SiteMove> => {
    const port = portOf(site);
    const file = path.join(site.home, 'address');
    fs.writeFileSync(file, address);
    const given = database === 'postgres' ? ['--database-address-file', file] : [];
    const done = await site.json<SiteMove>('site', 'move', '--site-path', site.path, '--database', database, ...given);
    await site.serve(['--port', port]);
    return done;
  };
  const listed = async (site: RealSite): Promise<readonly string[]> =>
    (await site.client().request('update/list', {})).updates.map(({ CI_UniqueID }) => CI_UniqueID).sort();

  it('parent and child keep their link and what they know, wherever each has its database', async () => {
    const [parent, upstream] = [await made({ siteCode: 'TOP' }), await upstreamOf()];
    await parent.serve(['--port', '0']);
    const child = await made({
      siteCode: 'SEC',
      type: 'Secondary',
      serverName: 'sec.test',
      joinToken: await parent.token(),
    });
    await child.serve(['--port', '0']);
    await subscribeTo(parent, upstream.url);
    let rounds = 0;
    /** The child follows each synchronization of its parent with one of its own. */
    const inStep = async (): Promise<void> => {
      rounds += 1;
      const states = async (): Promise<readonly string[]> =>
        (await child.client().request('run/list', {})).runs.map(({ State }) => State);
      for (let seen = await states(); seen.filter((state) => state === 'Succeeded').length < rounds;)
        seen = await states();
    };
    const both = async (): Promise<readonly string[]> => {
      expect((await synchronize(parent)).State).to.equal('Succeeded');
      await inStep();
      const known = await listed(parent);
      expect(await listed(child)).to.deep.equal(known);
      return known;
    };
    const known = await both();
    expect(known.length).to.be.above(20);
    await move(parent, 'postgres', above().address);
    expect(await both()).to.deep.equal(known);
    await move(child, 'postgres', below().address);
    expect(await both()).to.deep.equal(known);
    const rotated = await child.cli(['site', 'update-key']);
    expect([rotated.code, rotated.err]).to.deep.equal([0, '']);
    for (const site of [parent, child])
      expect((await site.cli(['site', 'move', '--site-path', site.path, '--drop-old'])).err).to.equal('');
    await move(parent, 'embedded', '');
    expect(await both()).to.deep.equal(known);
  });

  it('a synchronization under way is not disturbed, and a schedule goes along', async () => {
    const [site, upstream] = [await made({}), await upstreamOf()];
    await site.serve(['--port', '0']);
    await subscribeTo(site, upstream.url);
    expect((await site.cli(['config', 'set', '--schedule', DAILY])).err).to.equal('');
    const held = upstream.stopAfter(20);
    const client = site.client();
    const { run } = await client.request('sync/start', { requestId: randomUUID() });
    await held;
    const refused = await move(site, 'postgres', above().address).catch(String);
    expect(refused).to.match(/MoveRefused: .*its synchronization \d+ is running/);
    upstream.goOn();
    expect((await client.request('run/wait', { id: run.Id })).run.State).to.equal('Succeeded');
    const known = await listed(site);
    const { ScheduleDescription } = await site.json<Component>('config', 'get');
    expect(ScheduleDescription).not.to.equal('');
    await move(site, 'postgres', above().address);
    expect((await site.json<Component>('config', 'get')).ScheduleDescription).to.equal(ScheduleDescription);
    expect((await synchronize(site)).Counts.DocumentsFetched).to.equal(0);
    expect(await listed(site)).to.deep.equal(known);
  });
});
