import { expect } from 'chai';
import { repetitions } from '../../fixtures/repetitions.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { type Leaf, Simulation } from '../../link/simulation/Simulation.js';
import type { SimulatedParent } from '../../link/simulation/SimulatedParent.js';
import { statusesOf } from '../../link/Tree.js';
import { costLine, costOf } from './Cost.js';

const SITES = repetitions(40, 6000);
const MIDDLES = repetitions(2, 20);
const READS = 20;
/** A status of thousands costs as much as a second of their work. */
const LOOK_EVERY_MS = 10_000;

describe('A parent of thousands of sites in a simulated network', () => {
  const folder = temporaryFolder();
  let simulation: Simulation;
  let top: SimulatedParent;
  beforeEach(async () => {
    simulation = new Simulation(folder());
    top = await simulation.top();
  });
  afterEach(async () => simulation.close());

  const step = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const cost = await costOf(simulation, top, work);
    if (SITES > 1000) process.stdout.write(`      ${costLine(name, cost, SITES)}\n`);
  };
  const inStep = async (version: number, count: number): Promise<void> =>
    simulation.until(async () => {
      if (simulation.clock.time % LOOK_EVERY_MS >= 1000) return false;
      const rows = await statusesOf(top.site);
      const done = rows.filter((row) => row.LastSyncState === 6702 && row.SyncCatalogVersion === version);
      return done.length === count + 1 && done.every((row) => row.ReplicationLinkStatusName === 'Healthy');
    });
  const round = async (version: number, count: number): Promise<void> => {
    expect(await simulation.synchronize(top)).to.equal(version);
    await inStep(version, count);
  };

  it('right below it', async () => {
    const leaves: Leaf[] = [];
    await step('join and connect', async () => {
      while (leaves.length < SITES) leaves.push(await simulation.leaf(top));
      await simulation.until(() => leaves.every(({ link }) => link.connected));
    });
    await step('first round', async () => round(1, SITES));
    await step('second round', async () => round(2, SITES));
    await step(`${READS} times the status`, async () => {
      for (let read = 0; read < READS; read += 1) expect(await statusesOf(top.site)).to.have.length(SITES + 1);
    });
    await step('an hour of nothing', async () => simulation.pass(3_600_000));
    await step('the next engine, and all come back', async () => {
      await top.stop();
      for (const { link } of leaves) link.lose();
      await top.start();
      await inStep(2, SITES);
    });
    await step('third round', async () => round(3, SITES));
    expect(leaves.every(({ site }) => site.runs.map(({ request }) => request).join() === '1,2,3')).to.equal(true);
  });

  it('in three tiers', async () => {
    const leaves: Leaf[] = [];
    await step('join and connect', async () => {
      for (let count = 0; count < MIDDLES; count += 1) {
        const { parent } = await simulation.middle(top);
        for (let below = 0; below < SITES / MIDDLES; below += 1) leaves.push(await simulation.leaf(parent));
      }
      await simulation.until(() => leaves.every(({ link }) => link.connected));
    });
    await step('first round', async () => round(1, MIDDLES + SITES));
    await step('second round', async () => round(2, MIDDLES + SITES));
    expect(leaves.every(({ site }) => site.runs.map(({ request }) => request).join() === '1,2')).to.equal(true);
  });
});
