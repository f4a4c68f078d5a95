import { expect } from 'chai';
import { setImmediate as turn } from 'node:timers/promises';
import type { RunProgress } from '../../../server/contract/generated/types.js';
import { catalogueFromGenerator } from '../../../server/sample/catalogueFromGenerator.js';
import { Random } from '../../../server/sample/Random.js';
import { CountingUpstream } from './CountingUpstream.js';
import { EngineUnderTest } from './EngineUnderTest.js';
import { repetitions } from '../../fixtures/repetitions.js';

const UPDATES = repetitions(300, 2000);
const KILLS_WHILE_FETCHING = repetitions(3, 16);
const KILLS_AFTERWARDS = repetitions(1, 4);
const SEED = 20;

describe('A first synchronization that is killed again and again', () => {
  const upstream = new CountingUpstream(
    catalogueFromGenerator({ updates: UPDATES, seed: 7, size: 2000, giants: false }),
  );
  const engines: EngineUnderTest[] = [];
  let url = '';
  const make = async (): Promise<EngineUnderTest> => {
    const engine = await EngineUnderTest.make(url);
    engines.push(engine);
    return engine;
  };
  before(async () => {
    url = await upstream.listen();
  });
  after(async () => {
    for (const engine of engines) await engine.remove();
    await upstream.close();
  });

  it('fetches no committed document again and ends as one that was never interrupted', async function () {
    this.timeout(300_000);
    const random = new Random(SEED);
    const engine = await make();
    let committed: ReadonlySet<string> = new Set();
    const expectNothingTwice = (): void => {
      expect(upstream.served.filter((key) => committed.has(key))).to.deep.equal([]);
    };
    let kills = 0;
    for (const documents of shares(random, upstream.identities.length)) {
      const turns = random.below(40);
      // The answer stays unsent, or is under way when the engine dies: by turns of the loop, which no clock decides.
      const kill = async (): Promise<void> => {
        for (let left = turns % 2 === 0 ? 0 : turns; left > 0; left -= 1) await turn();
        engine.kill();
      };
      upstream.watch(documents, async () => {
        const killed = kill();
        if (turns % 2 === 0) await killed;
      });
      expect(await engine.sync()).to.include({ State: 'Failed', ErrorId: 'EngineStopped' });
      kills += 1;
      expectNothingTwice();
      const before = committed.size;
      committed = await engine.committed(upstream.identities);
      expect(committed.size).to.be.at.least(before);
    }
    expect(committed.size, 'enough was committed between the kills').to.be.within(
      upstream.identities.length / 3,
      upstream.identities.length - 1,
    );
    for (let left = KILLS_AFTERWARDS; left > 0; left -= 1) {
      const processed = random.below(UPDATES);
      const isThere = (progress: RunProgress): boolean =>
        progress.State !== 'Running' ||
        (progress.Phase === 'SynchronizingSiteDatabase' && progress.Processed >= processed);
      upstream.watch(Number.POSITIVE_INFINITY, async () => Promise.resolve());
      await engine.sync((progress) => {
        if (isThere(progress)) engine.kill();
      });
      kills += 1;
      expectNothingTwice();
      committed = await engine.committed(upstream.identities);
    }
    expect(kills).to.equal(KILLS_WHILE_FETCHING + KILLS_AFTERWARDS);
    upstream.watch(Number.POSITIVE_INFINITY, async () => Promise.resolve());
    expect(await engine.sync()).to.include({ State: 'Succeeded' });
    expectNothingTwice();
    committed = await engine.committed(upstream.identities);

    const uninterrupted = await make();
    expect(await uninterrupted.sync()).to.include({ State: 'Succeeded' });
    expect(committed).to.deep.equal(await uninterrupted.committed(upstream.identities));
    const [one, other] = [await engine.contents(), await uninterrupted.contents()];
    // What was superseded long ago does not enter the site database.
    expect(one.updates.length).to.be.greaterThan(UPDATES / 20);
    expect(one.categories.map(withoutTimes)).to.deep.equal(other.categories.map(withoutTimes));
    expect(one.updates.map(withoutTimes)).to.deep.equal(other.updates.map(withoutTimes));
  });
});

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
