import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { identityKey } from '../../server/metadata/UpdateIdentity.js';
import { catalogueFromGenerator } from '../../server/sample/catalogueFromGenerator.js';
import type { Source } from '../../server/upstream/Source.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { documentsOf, serveCatalogue, serveSite, siteBelow } from '../downstream/Chain.js';
import { Cleanup, makeSource, NEVER } from '../upstream/harness.js';
import { openTransferSite } from './twoSites.js';

describe('A site that lives on packages', () => {
  const folder = temporaryFolder();
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());

  it('serves downstream servers as the site that exported them does', async () => {
    const catalogue = catalogueFromGenerator({ updates: 160, seed: 11, size: 2500 });
    fs.mkdirSync(path.join(folder(), 'a', 'Transfer'), { recursive: true });
    const a = await siteBelow(cleanup, path.join(folder(), 'a'), await serveCatalogue(cleanup, catalogue));
    expect(await a.sync()).to.include({ Succeeded: true });
    const b = await openTransferSite(path.join(folder(), 'b'));
    Object.assign(b.context.site, { secret: 'b0'.repeat(32) });
    cleanup.add(async () => b.database.close());
    const file = path.join(folder(), 'a.xml.gz');
    await a.export(file);
    const run = await b.import(file);
    expect(run).to.include({ Succeeded: true });
    expect(await documentsOf(b)).to.deep.equal(await documentsOf(a));

    const [fromA, fromB] = await Promise.all(
      [a, b].map(async (site) => pulled(makeSource(cleanup, { url: await serveSite(cleanup, site) }).source)),
    );
    expect(fromB?.revisions).to.deep.equal(fromA?.revisions);
    expect(fromB?.urls).to.deep.equal(fromA?.urls);
    expect([fromA?.revisions.length ?? 0, fromA?.urls.length ?? 0].every((count) => count > 100)).to.equal(true);
  });
});

/** Everything that a downstream server is offered: what it is, its bytes, and where its files are. */
async function pulled(source: Source): Promise<{ revisions: [string, string][]; urls: string[] }> {
  const { maxUpdatesPerRequest } = await source.open('', NEVER);
  const revisions: [string, string][] = [];
  const urls = new Set<string>();
  for (const config of [true, false]) {
    const list = await source.listRevisions(
      { config, anchor: '', categories: [], classifications: [], languages: [] },
      NEVER,
    );
    for (let at = 0; at < list.revisions.length; at += maxUpdatesPerRequest) {
      const { documents, fileUrls } = await source.fetchDocuments(
        list.revisions.slice(at, at + maxUpdatesPerRequest),
        NEVER,
      );
      revisions.push(
        ...documents.map(({ identity, xml }): [string, string] => [
          identityKey(identity),
          Buffer.from(xml).toString('utf8'),
        ]),
      );
      for (const { digest, muUrl } of fileUrls) urls.add(`${digest} ${muUrl}`);
    }
  }
  return { revisions: revisions.sort(([one], [other]) => (one < other ? -1 : 1)), urls: [...urls].sort() };
}
