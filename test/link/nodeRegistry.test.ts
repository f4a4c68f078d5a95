import { expect } from 'chai';
import type { LinkReport, SUPSyncStatus } from '../../server/contract/generated/types.js';
import type { NodeDescription } from '../../server/link/NodeRecord.js';
import { NodeRegistry, storedNodes } from '../../server/link/NodeRegistry.js';
import { ParentHub } from '../../server/link/ParentHub.js';
import { TestSite } from '../engine/TestSite.js';
import { TestClock } from '../fixtures/TestClock.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { ago, row } from '../monitor/healthParts.js';

const NODE: NodeDescription = {
  siteCode: 'PS1',
  siteName: 'PS1',
  serverName: 'ps1.test',
  type: 'Primary',
  role: 'Site',
  publicKey: '',
  joined: '2026-01-01T00:00:00.000Z',
  revoked: '',
};

const RUNNING = { LastSyncState: 6704, LastSyncErrorId: null, LastSyncErrorMessage: null };

function reportOf(status: Partial<SUPSyncStatus>): LinkReport {
  const statuses = [row(NODE.serverName, { LastSuccessfulSyncTime: null, ...status })];
  const handled = { requestId: 0, settingsVersion: 0 };
  return {
    moduleVersion: '0.1.0',
    siteCode: NODE.siteCode,
    statuses,
    handled,
    sites: [],
    softwareUpdatePoints: [],
    alerts: [],
  };
}

describe('a node that has not come back since its parent started', () => {
  const folder = temporaryFolder();

  it('is awaited for ten minutes, then told to be silent; one that came and went is silent at once', async () => {
    const site = await TestSite.open(folder());
    const clock = new TestClock();
    const log = (): void => undefined;
    const registry = await NodeRegistry.open({ database: site.database, clock, log });
    for (const serverName of ['ps1.test', 'ps2.test']) await registry.add({ ...NODE, serverName }, { replaced: [] });
    const unused = async (): Promise<never> => Promise.reject(new TypeError('nobody asks'));
    const nobody = { join: unused, claim: unused, rotateKey: unused, newNonce: () => '', log };
    const hub = new ParentHub({ siteCode: 'CS1', version: '0', clock, registry, ...nobody });
    const told: string[] = [];
    hub.onChange(({ serverName, isAwaited }) => told.push(`${serverName} ${String(isAwaited)}`));
    clock.pass(1);
    registry.saw(2);
    expect(hub.nodes().map(({ isAwaited }) => isAwaited)).to.deep.equal([true, undefined]);
    clock.pass(600);
    expect(told).to.deep.equal(['ps1.test undefined', 'ps2.test undefined']);
    await hub.close();
    await site.database.close();
  });
});

describe('a node of an earlier version that takes its error back when it begins again', () => {
  const folder = temporaryFolder();

  it('has failed until it succeeds, also for the next engine', async () => {
    const site = await TestSite.open(folder());
    const open = async (): Promise<NodeRegistry> =>
      NodeRegistry.open({ database: site.database, clock: new TestClock(), log: () => undefined });
    const first = await open();
    const { id } = await first.add(NODE, { replaced: [] });
    const said = (registry: NodeRegistry, status: Partial<SUPSyncStatus>): unknown =>
      registry.saw(id, reportOf(status))?.lastReport?.statuses[0]?.LastSyncErrorMessage;
    expect(
      said(first, { LastSyncState: 6703, LastSyncErrorId: 'UpstreamBusy', LastSyncErrorMessage: 'Busy.' }),
    ).to.equal('Busy.');
    expect(said(first, RUNNING)).to.equal('Busy.');
    await first.keep();
    const second = await open();
    expect(said(second, { ...RUNNING, LastSyncState: 6705 })).to.equal('Busy.');
    expect(said(second, { ...RUNNING, LastSuccessfulSyncTime: ago(0) })).to.equal(null);
    expect(said(second, RUNNING)).to.equal(null);
    await site.database.close();
  });
});

describe('the sites below', () => {
  const folder = temporaryFolder();

  it('are told when one came or went, and not for every sign of life', async () => {
    const site = await TestSite.open(folder());
    const log = (): void => undefined;
    const registry = await NodeRegistry.open({ database: site.database, clock: new TestClock(), log });
    const told: string[] = [];
    registry.onSites(() =>
      told.push(
        registry
          .all()
          .map((node) => node.siteCode)
          .join(),
      ),
    );
    const { id } = await registry.add(NODE, { replaced: [] });
    registry.saw(id);
    await registry.keep();
    await registry.add({ ...NODE, siteCode: 'SUP', role: 'SoftwareUpdatePoint' }, { replaced: [] });
    await registry.change(id, { revoked: NODE.joined });
    expect(told).to.deep.equal(['', 'PS1', 'SUP']);
    expect((await storedNodes(site.database)).map((node) => node.siteCode)).to.deep.equal(['PS1', 'SUP']);
    await site.database.close();
  });
});

describe('a node that joins in the place of one that never connected', () => {
  const folder = temporaryFolder();

  it('is told with the one that it replaces', async () => {
    const site = await TestSite.open(folder());
    const lines: string[] = [];
    const log = (line: string): number => lines.push(line);
    const registry = await NodeRegistry.open({ database: site.database, clock: new TestClock(), log });
    const first = await registry.add(NODE, { replaced: [] });
    expect(lines).to.deep.equal([]);
    await registry.add({ ...NODE, serverName: 'other.test' }, { replaced: [first] });
    expect(lines).to.deep.equal([
      'Site link: node 1, which joined as PS1 (ps1.test) and never connected, is revoked: node 2 has joined in its ' +
        'place.',
    ]);
    expect(registry.all().map(({ id }) => id)).to.deep.equal([2]);
    await site.database.close();
  });
});

describe('where nodes came from', () => {
  const folder = temporaryFolder();
  let site: TestSite;
  beforeEach(async () => {
    site = await TestSite.open(folder());
  });
  afterEach(async () => site.database.close());

  const registry = async (): Promise<NodeRegistry> =>
    NodeRegistry.open({ database: site.database, clock: new TestClock(), log: () => undefined });

  it('is stored with the number of its form, and read again', async () => {
    const first = await registry();
    const { id } = await first.add(NODE, { replaced: [] });
    first.cameFrom(id, '192.0.2.1');
    first.saw(id);
    await first.keep();
    expect(await site.database.setting('linkAddresses')).to.deep.equal({ format: 2, addresses: { [id]: '192.0.2.1' } });
    expect((await registry()).isKnown('192.0.2.1')).to.equal(true);
  });

  it('is read in the form that had no number; what a later version stored is left alone', async () => {
    const { id } = await (await registry()).add(NODE, { replaced: [] });
    await site.database.commit({ settings: { linkAddresses: { [id]: '192.0.2.2' } } });
    expect((await registry()).isKnown('192.0.2.2')).to.equal(true);
    await site.database.commit({ settings: { linkAddresses: { format: 3, addresses: { [id]: '192.0.2.2' } } } });
    expect((await registry()).isKnown('192.0.2.2')).to.equal(false);
  });
});
