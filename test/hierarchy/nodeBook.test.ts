import { expect } from 'chai';
import { NodeBook } from '../../server/hierarchy/nodes/NodeBook.js';
import type { NodeDescription } from '../../server/hierarchy/nodes/NodeRecord.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { TestClock } from '../fixtures/TestClock.js';
import { TestSite } from '../engine/TestSite.js';

const node: NodeDescription = {
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

  const book = async (): Promise<NodeBook> =>
    NodeBook.open({ database: site.database, clock: new TestClock(), log: () => undefined });

  it('is stored with the number of its form, and read again', async () => {
    const first = await book();
    const { id } = await first.add(node, { replaced: [] });
    first.cameFrom(id, '192.0.2.1');
    first.saw(id);
    await first.keep();
    expect(await site.database.setting('linkAddresses')).to.deep.equal({ format: 2, addresses: { [id]: '192.0.2.1' } });
    expect((await book()).isKnown('192.0.2.1')).to.equal(true);
  });

  it('is read in the form that had no number; what a later version stored is left alone', async () => {
    const { id } = await (await book()).add(node, { replaced: [] });
    await site.database.commit({ settings: { linkAddresses: { [id]: '192.0.2.2' } } });
    expect((await book()).isKnown('192.0.2.2')).to.equal(true);
    await site.database.commit({ settings: { linkAddresses: { format: 3, addresses: { [id]: '192.0.2.2' } } } });
    expect((await book()).isKnown('192.0.2.2')).to.equal(false);
  });
});
