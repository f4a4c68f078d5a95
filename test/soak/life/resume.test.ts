import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Run, RunProgress } from '../../../server/contract/generated/types.js';
import { catalogueFromGenerator } from '../../../server/sample/catalogueFromGenerator.js';
import { Random } from '../../../server/sample/Random.js';
import type { EngineClient } from '../../../server/relay/EngineClient.js';
import { killIfThere } from '../../fixtures/killIfThere.js';
import { repetitions } from '../../fixtures/repetitions.js';
import { GatedUpstream } from '../../process/GatedUpstream.js';
import { RealSite } from '../../process/RealSite.js';
import { committedOf, contentsOf } from './siteContents.js';

const UPDATES = repetitions(300, 2000);
const KILLS_WHILE_FETCHING = repetitions(3, 16);
const KILLS_AFTERWARDS = repetitions(1, 4);
const SEED = 20;

describe('A first synchronization that is killed again and again', () => {
  const catalogue = catalogueFromGenerator({ updates: UPDATES, seed: 7, size: 2000, giants: false });
  const identities = [...catalogue.identities()];
  const sites: RealSite[] = [];
  let upstream: GatedUpstream;
  const make = async (): Promise<{ site: RealSite; client: EngineClient }> => {
    const site = await RealSite.make({ siteCode: 'LIF' });
    sites.push(site);
    const client = site.client();
    await client.request('component/set', {
      requestId: randomUUID(),
      upstreamSourceLocation: upstream.url,
      allProducts: true,
      allClassifications: true,
    });
    return { site, client };
  };
  before(async () => {
    upstream = await GatedUpstream.start(catalogue);
  });
  after(async () => {
    for (const site of sites) await site.remove();
    await upstream.close();
  });

  it('fetches no committed document again and ends as one that was never interrupted', async function () {
    const random = new Random(SEED);
    const { site, client } = await make();
    const kill = (): void => killIfThere(site.engineId);
    let committed: ReadonlySet<string> = new Set();
    const expectNothingTwice = (): void => {
      expect(upstream.asked.filter((key) => committed.has(key))).to.deep.equal([]);
    };
    let kills = 0;
    for (const documents of shares(random, identities.length)) {
      const turns = random.below(40);
      // The answer stays unsent, or is under way when the engine dies: by turns of the loop, which no clock decides.
      upstream.asked.length = 0;
      const killed = upstream.stopAfter(documents).then(async () => {
        if (turns % 2 === 0) kill();
        upstream.goOn();
        if (turns % 2 === 0) return;
        for (let left = turns; left > 0; left -= 1) await turn();
        kill();
      });
      expect(await synchronize(client)).to.include({ State: 'Failed', ErrorId: 'EngineStopped' });
      await killed;
      kills += 1;
      expectNothingTwice();
      const before = committed.size;
      committed = await committedOf(site, identities);
      expect(committed.size).to.be.at.least(before);
    }
    expect(committed.size, 'enough was committed between the kills').to.be.within(
      identities.length / 3,
      identities.length - 1,
    );
    for (let left = KILLS_AFTERWARDS; left > 0; left -= 1) {
      const processed = random.below(UPDATES);
      const isThere = (progress: RunProgress): boolean =>
        progress.State !== 'Running' ||
        (progress.Phase === 'SynchronizingSiteDatabase' && progress.Processed >= processed);
      upstream.asked.length = 0;
      await synchronize(client, (progress) => {
        if (isThere(progress)) kill();
      });
      kills += 1;
      expectNothingTwice();
      committed = await committedOf(site, identities);
    }
    expect(kills).to.equal(KILLS_WHILE_FETCHING + KILLS_AFTERWARDS);
    upstream.asked.length = 0;
    expect(await synchronize(client)).to.include({ State: 'Succeeded' });
    expectNothingTwice();
    committed = await committedOf(site, identities);

    const uninterrupted = await make();
    expect(await synchronize(uninterrupted.client)).to.include({ State: 'Succeeded' });
    expect(committed).to.deep.equal(await committedOf(uninterrupted.site, identities));
    const [one, other] = [await contentsOf(client), await contentsOf(uninterrupted.client)];
    // What was superseded long ago does not enter the site database.
    expect(one.updates.length).to.be.greaterThan(UPDATES / 20);
    expect(one.categories.map(withoutTimes)).to.deep.equal(other.categories.map(withoutTimes));
    expect(one.updates.map(withoutTimes)).to.deep.equal(other.updates.map(withoutTimes));
  });
});

/** One synchronization to its end: `EngineStopped`, which a new engine says, when the engine was killed meanwhile. */
async function synchronize(
  client: EngineClient,
  onProgress: (progress: RunProgress) => void = () => undefined,
): Promise<Run> {
  client.onProgress(onProgress);
  const { run } = await client.request('sync/start', { requestId: randomUUID() });
  await client.request('run/watch', { id: run.Id });
  return (await client.request('run/wait', { id: run.Id })).run;
}

/** How many documents are served before each kill; together fewer than there are, so that none comes too late. */
function shares(random: Random, total: number): readonly number[] {
  const weights = Array.from({ length: KILLS_WHILE_FETCHING }, () => 0.05 + random.fraction());
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => Math.max(1, Math.floor((total * 0.95 * weight) / sum)));
}

/** When the site stored something, and the site's own id in the name of the model, differ from site to site. */
function withoutTimes(object: object): object {
  return Object.fromEntries(
    Object.entries(object).filter(([name]) => !['DateCreated', 'DateLastModified', 'ModelName'].includes(name)),
  );
}
