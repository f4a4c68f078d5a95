import { expect } from 'chai';
import type { OpenPort } from '../../server/downstream/port/Port.js';
import type { LinkedNode } from '../../server/link/LinkedNode.js';
import type { ParentRecord } from '../../server/link/ParentRecord.js';
import type { SiteLinkHost } from '../../server/link/SiteLinkHost.js';
import { TestSite } from '../engine/TestSite.js';
import { CATEGORIES, update } from '../engine/catalogue.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { joinAll, recordsFile, untilNodes } from './manyNodes.js';
import { statusesOf } from './Tree.js';
import { startChildren } from './startChildren.js';

const COUNT = 100;

describe('A hundred child sites over real links', () => {
  const folder = temporaryFolder();
  let site: TestSite;
  let host: SiteLinkHost;
  let port: OpenPort;
  let records: readonly ParentRecord[];
  let stop: () => Promise<void>;
  beforeEach(async () => {
    site = await TestSite.open(folder(), { site: { type: 'CAS' } });
    site.clock = Date.now();
    site.source.put(...CATEGORIES);
    await site.set({ addProduct: ['Windows 11'], addUpdateClassification: ['Security Updates'] });
    host = await site.links.host();
    port = await host.serve({ host: '127.0.0.1', port: 0 });
    const { authority } = await host.certificates([]);
    const address = `https://127.0.0.1:${port.address.port}`;
    records = await joinAll(host.nodes, COUNT, { address, authority: authority.certificate });
    ({ stop } = startChildren(recordsFile(folder()), records));
    await until((node) => node.connected, COUNT);
  });
  afterEach(async () => {
    await stop();
    await site.hierarchy.stop();
    await port.close();
    await site.links.close();
    await site.database.close();
    await site.context.documents.close();
  });

  const until = async (isSo: (node: LinkedNode) => boolean, count: number): Promise<void> =>
    untilNodes(host.children, isSo, count);

  it('are all told, report, and are in step at the top, also those that were away', async () => {
    const inStep = async (version: number): Promise<void> => {
      await until((node) => node.lastReport?.statuses[0]?.SyncCatalogVersion === version, COUNT);
      const rows = await statusesOf(site);
      expect(rows).to.have.length(COUNT + 1);
      expect(rows.filter((row) => row.LastSyncState !== 6702 || row.SyncCatalogVersion !== version)).to.deep.equal([]);
      expect(new Set(rows.map((row) => row.SiteCode)).size).to.equal(COUNT + 1);
    };
    site.source.put(update(1));
    await site.sync();
    await inStep(1);
    await stop();
    await until((node) => !node.connected, COUNT);
    site.source.put(update(2));
    await site.sync();
    expect(
      (await statusesOf(site)).filter((row) => row.LastSyncState === 6707 && row.ReplicationLinkStatus === 2),
    ).to.have.length(COUNT);
    ({ stop } = startChildren(recordsFile(folder()), records));
    await inStep(2);
  });
});
