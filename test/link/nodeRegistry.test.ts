import { expect } from 'chai';
import type { NodeDescription } from '../../server/link/NodeRecord.js';
import { NodeRegistry } from '../../server/link/NodeRegistry.js';
import { TestSite } from '../engine/TestSite.js';
import { TestClock } from '../fixtures/TestClock.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

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
