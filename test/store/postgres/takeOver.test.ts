import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { expect } from 'chai';
import pg from 'pg';
import type { Run } from '../../../server/contract/generated/types.js';
import { contentsOf } from '../../soak/life/siteContents.js';
import { GatedUpstream } from '../../process/GatedUpstream.js';
import { ended, RealSite, said } from '../../process/RealSite.js';
import { synchronizeFrom } from './synchronizeFrom.js';
import { testDatabase } from './postgresSuite.js';
import { sharedSites } from '../../servers/sharedSites.js';
import { EVERYTHING, makeSource } from '../../upstream/harness.js';

const UPDATES = 120;
/** As users are told. Only the soak asks for it: others have the machine of a quick run too. */
const SECONDS = 30;
const isSoak = process.env['CONFIGMGRSYNC_TEST_SOAK'] === '1';
const DOWNSTREAM = 20;

describe('Three servers of a site on one PostgreSQL', function () {
  const { cleanup, database, first: made, further: attached } = sharedSites();
  const undisturbed = testDatabase();

  const sql = (text: string): string =>
    database().server.sql(`SET search_path = configmgrsync; ${text}`, database().name);

  /** Fulfilled once a query of the database gives a row, looked at after each commit of the servers. */
  const until = async (query: string): Promise<void> => {
    const { server, name } = database();
    const client = new pg.Client({ host: server.folder, port: server.port, user: 'postgres', database: name });
    await client.connect();
    try {
      await client.query('SET search_path = configmgrsync; LISTEN configmgrsync');
      while ((await client.query(query)).rows.length === 0) await once(client, 'notification');
    } finally {
      await client.end();
    }
  };

  it('go on with the synchronization of the owner that is killed in the middle, under load', async () => {
    const upstream = await GatedUpstream.start(UPDATES);
    cleanup.add(async () => upstream.close());
    const alone = await made({ address: undisturbed().address });
    expect((await synchronizeFrom(alone, upstream.url)).State).to.equal('Succeeded');
    const all = upstream.asked.length;

    const one = await made();
    const owner = await one.serve(['--port', '0']);
    const [two, three] = [await attached(one, 'cm02.test'), await attached(one, 'cm03.test')];
    for (const site of [two, three]) await site.serve(['--port', '0']);
    const below = readersOf([two, three]);

    const client = one.client();
    await client.request('component/set', {
      requestId: randomUUID(),
      synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
      upstreamSourceLocation: upstream.url,
      allProducts: true,
      allClassifications: true,
    });
    const held = upstream.stopAfter(60);
    const { run } = await client.request('sync/start', { requestId: randomUUID() });
    await held;
    await ended(owner, 'SIGKILL');
    const killed = Date.now();
    upstream.goOn();
    await until(`SELECT 1 FROM run WHERE state = 'Succeeded' AND id > ${run.Id}`);
    if (isSoak) expect(Date.now() - killed).to.be.below(SECONDS * 1000);

    const runs = sql('SELECT json FROM run ORDER BY id')
      .split('\n')
      .map((json) => JSON.parse(json) as Run);
    expect(runs.map(({ State, ErrorId }) => [State, ErrorId])).to.deep.equal([
      ['Failed', 'EngineStopped'],
      ['Succeeded', ''],
    ]);
    // Batches that were under way are asked for again, what was committed is not.
    expect(upstream.asked.length - all).to.be.below(all + UPDATES);
    expect(await below()).to.be.above(0);
    expect(await digestOf(two)).to.equal(await digestOf(alone));
    expect(await digestOf(three)).to.equal(await digestOf(alone));
    const taken = [two, three].filter(({ syncLog }) => syncLog.some((line) => /^This server now syn/.test(line)));
    expect(taken).to.have.length(1);
    const [follower] = [two, three].filter((site) => !taken.includes(site));
    expect(follower?.syncLog.filter((line) => /this one follows it\.$/.test(line))).to.have.length.above(0);
    expect(follower?.syncLog.join('\n')).not.to.contain('STATMSG');
  });

  it('leave a paused owner no write; it says so and goes on as a follower', async () => {
    const upstream = await GatedUpstream.start(UPDATES);
    cleanup.add(async () => upstream.close());
    const one = await made();
    const owner = await one.serve();
    const two = await attached(one, 'cm02.test');
    await two.serve();
    const client = one.client();
    await client.request('component/set', {
      requestId: randomUUID(),
      synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
      upstreamSourceLocation: upstream.url,
      allProducts: true,
      allClassifications: true,
    });
    const held = upstream.stopAfter(60);
    await client.request('sync/start', { requestId: randomUUID() });
    await held;
    owner.kill('SIGSTOP');
    upstream.goOn();
    await until("SELECT 1 FROM run WHERE state = 'Succeeded'");
    const noticed = said(owner, 'This server has lost the site');
    owner.kill('SIGCONT');
    expect((await client.request('status/get', {})).status[0]?.LastSyncState).to.equal(6702);
    expect(await noticed).to.contain('this one follows it');
    expect(owner.exitCode).to.equal(null);
    expect(sql("SELECT count(*) FROM run WHERE state = 'Running'")).to.equal('0');
  });

  /** Reads everything that servers serve, again and again; the result ends it and says how often. */
  function readersOf(sites: readonly RealSite[]): () => Promise<number> {
    let rounds = 0;
    let isOver = false;
    const reading = Promise.all(
      Array.from({ length: DOWNSTREAM }, async (_none, index) => {
        const site = sites[index % sites.length];
        if (site === undefined) return;
        const { source } = makeSource(cleanup, { url: site.heartbeat.address });
        // Of its own: all of them wait for it at once.
        const { signal } = new AbortController();
        while (!isOver) {
          const { revisions } = await source.listRevisions(EVERYTHING, signal);
          await source.fetchDocuments(revisions.slice(0, 20), signal);
          rounds += 1;
        }
      }),
    );
    return async () => {
      isOver = true;
      await reading;
      return rounds;
    };
  }
});

/** What a site holds, without the times at which it was stored, and without its own id in the name of the model. */
async function digestOf(site: RealSite): Promise<string> {
  const text = JSON.stringify(await contentsOf(site.client()), (name, value: unknown) =>
    ['DateCreated', 'DateLastModified', 'ModelName'].includes(name) ? undefined : value,
  );
  return createHash('sha256').update(text).digest('hex');
}
