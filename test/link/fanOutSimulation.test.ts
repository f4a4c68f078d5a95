import { expect } from 'chai';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { type Leaf, Simulation } from './simulation/Simulation.js';
import type { SimulatedParent } from './simulation/SimulatedParent.js';
import { statusesOf } from './Tree.js';

const SITES = 150;
const MIDDLES = 3;
const BELOW_EACH = 20;
const REPLICAS = 3;

/** The requests that each has synchronized for. */
function requestsOf(leaves: readonly Leaf[]): number[][] {
  return leaves.map(({ site }) => site.runs.map(({ request }) => request));
}

/** The requests that each was told, with its settings first. */
function toldOf(leaves: readonly Leaf[]): number[][] {
  return leaves.map(({ link }) => link.told);
}

function each(leaves: readonly Leaf[], requests: readonly number[]): number[][] {
  return leaves.map(() => [...requests]);
}

/** How many rows at a site are in step and have a healthy link. */
async function inStep({ site }: SimulatedParent, version: number): Promise<number> {
  const rows = await statusesOf(site);
  return rows.filter(
    (row) =>
      row.LastSyncState === 6702 && row.SyncCatalogVersion === version && row.ReplicationLinkStatusName === 'Healthy',
  ).length;
}

describe('Hundreds of sites in a simulated network', () => {
  const folder = temporaryFolder();
  let simulation: Simulation;
  let top: SimulatedParent;
  beforeEach(async () => {
    simulation = new Simulation(folder());
    top = await simulation.top();
  });
  afterEach(async () => simulation.close());

  const leaves = async (above: SimulatedParent, count: number): Promise<Leaf[]> => {
    const made: Leaf[] = [];
    while (made.length < count) made.push(await simulation.leaf(above));
    return made;
  };
  const untilInStep = async (version: number, count: number): Promise<void> =>
    simulation.until(async () => (await inStep(top, version)) === count + 1);

  it('are all told, none twice, and those that were away later, of the newest request alone', async () => {
    const sites = await leaves(top, SITES);
    await simulation.until(() => sites.every(({ link }) => link.connected));
    await simulation.synchronize(top);
    await untilInStep(1, SITES);
    expect(requestsOf(sites)).to.deep.equal(each(sites, [1]));
    const [away, others] = [sites.slice(0, 20), sites.slice(20)];
    for (const { link } of away) link.unplug();
    for (const version of [2, 3]) {
      await simulation.synchronize(top);
      await untilInStep(version, others.length);
    }
    expect(requestsOf(others)).to.deep.equal(each(others, [1, 2, 3]));
    expect(toldOf(others), 'no state is sent twice').to.deep.equal(each(others, [0, 1, 2, 3]));
    expect(requestsOf(away)).to.deep.equal(each(away, [1]));
    for (const { link } of away) link.plug();
    await untilInStep(3, SITES);
    expect(requestsOf(away)).to.deep.equal(each(away, [1, 3]));
    top.site.hierarchy.settingsChanged();
    await simulation.pass(600_000);
    expect(toldOf(others), 'ten minutes later, and settings that are the same').to.deep.equal(
      each(others, [0, 1, 2, 3]),
    );
  });

  it('hear nothing twice of the next engine of their parent, and it knows what they have done', async () => {
    const sites = await leaves(top, SITES);
    await simulation.synchronize(top);
    await untilInStep(1, SITES);
    await top.stop();
    for (const { link } of sites) link.lose();
    await simulation.pass(10_000);
    expect(sites.filter(({ link }) => link.connected)).to.deep.equal([]);
    await top.start();
    await untilInStep(1, SITES);
    expect(requestsOf(sites)).to.deep.equal(each(sites, [1]));
    await simulation.synchronize(top);
    await untilInStep(2, SITES);
    expect(requestsOf(sites)).to.deep.equal(each(sites, [1, 2]));
  });

  it('are in step in three tiers, also when a site in the middle was lost while those below it worked', async () => {
    const middles: Awaited<ReturnType<Simulation['middle']>>[] = [];
    while (middles.length < MIDDLES) middles.push(await simulation.middle(top));
    const below: Leaf[] = [];
    for (const { parent } of middles) below.push(...(await leaves(parent, BELOW_EACH)));
    const all = MIDDLES + below.length;
    await simulation.synchronize(top);
    await untilInStep(1, all);
    expect(requestsOf(below)).to.deep.equal(each(below, [1]));
    await simulation.synchronize(top);
    const [lost] = middles;
    await simulation.until(() => below.some(({ site }) => site.runs.length === 2));
    lost?.link.unplug();
    await simulation.until(async () => (await inStep(top, 2)) === all - BELOW_EACH);
    const silent = (await statusesOf(top.site)).filter((row) => row.ReplicationLinkStatus === 2);
    expect(silent).to.have.length(BELOW_EACH + 1);
    await simulation.until(() => below.every(({ site }) => (site.runs[1]?.end ?? 0) > 0));
    lost?.link.plug();
    await untilInStep(2, all);
    expect(requestsOf(below)).to.deep.equal(each(below, [1, 2]));
    expect(new Set((await statusesOf(top.site)).map((row) => row.SiteCode)).size).to.equal(all + 1);
  });

  it('are served beside the software update points of the top, which take turns in their order', async () => {
    const sites = await leaves(top, 20);
    const replicas: Leaf[] = [];
    while (replicas.length < REPLICAS) replicas.push(await simulation.leaf(top, 'SoftwareUpdatePoint'));
    await simulation.until(() => [...sites, ...replicas].every(({ link }) => link.connected));
    replicas[1]?.link.unplug();
    await simulation.synchronize(top);
    await untilInStep(1, sites.length + REPLICAS - 1);
    replicas[1]?.link.plug();
    await untilInStep(1, sites.length + REPLICAS);
    expect(requestsOf([...sites, ...replicas])).to.deep.equal(each([...sites, ...replicas], [1]));
    const turns = [replicas[0], replicas[2], replicas[1]].flatMap((replica) => replica?.site.runs ?? []);
    for (const [index, { begin }] of turns.entries()) expect(begin).to.be.above(turns[index - 1]?.end ?? 0);
  });

  it('are left alone once they are revoked', async () => {
    const sites = await leaves(top, 30);
    await simulation.synchronize(top);
    await untilInStep(1, 30);
    const [first, ...others] = sites;
    await top.revoke(first?.id ?? 0);
    await simulation.synchronize(top);
    await untilInStep(2, others.length);
    expect(requestsOf(sites)).to.deep.equal([[1], ...each(others, [1, 2])]);
  });
});
