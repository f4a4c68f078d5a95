import { expect } from 'chai';
import { update } from '../engine/catalogue.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { LinkedParent, recordsFile } from './LinkedParent.js';
import { statusesOf } from './Tree.js';
import { startChildren } from './startChildren.js';

const COUNT = 100;

describe('A hundred child sites over real links', () => {
  const folder = temporaryFolder();
  let parent: LinkedParent;
  let stop: () => Promise<void>;
  beforeEach(async () => {
    parent = await LinkedParent.open(folder(), COUNT);
    ({ stop } = startChildren(recordsFile(folder()), parent.records));
    await parent.until((node) => node.connected, COUNT);
  });
  afterEach(async () => {
    await stop();
    await parent.close();
  });

  it('are all told, report, and are in step at the top, also those that were away', async () => {
    const { site } = parent;
    const inStep = async (version: number): Promise<void> => {
      await parent.until((node) => node.lastReport?.statuses[0]?.SyncCatalogVersion === version, COUNT);
      const rows = await statusesOf(site);
      expect(rows).to.have.length(COUNT + 1);
      expect(rows.filter((row) => row.LastSyncState !== 6702 || row.SyncCatalogVersion !== version)).to.deep.equal([]);
      expect(new Set(rows.map((row) => row.SiteCode)).size).to.equal(COUNT + 1);
    };
    site.source.put(update(1));
    await site.sync();
    await inStep(1);
    await stop();
    await parent.until((node) => !node.connected, COUNT);
    site.source.put(update(2));
    await site.sync();
    expect(
      (await statusesOf(site)).filter((row) => row.LastSyncState === 6707 && row.ReplicationLinkStatus === 2),
    ).to.have.length(COUNT);
    ({ stop } = startChildren(recordsFile(folder()), parent.records));
    await inStep(2);
  });
});
