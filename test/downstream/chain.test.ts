import { expect } from 'chai';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { identityKey } from '../../server/metadata/UpdateIdentity.js';
import type { MemoryCatalogue } from '../../server/sample/MemoryCatalogue.js';
import { catalogueFromGenerator } from '../../server/sample/catalogueFromGenerator.js';
import { openWsusPackage } from '../../server/transfer/openPackage.js';
import { packagePlace } from '../../server/transfer/packagePlace.js';
import { newRequestId, type TestSite } from '../engine/TestSite.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { Cleanup, makeSource, NEVER } from '../upstream/harness.js';
import { documentsIn, documentsOf, serveCatalogue, serveSite, siteBelow } from './Chain.js';

describe('A chain of servers over HTTP', () => {
  const folder = temporaryFolder();
  const cleanup = new Cleanup();
  let catalogue: MemoryCatalogue;
  let above: TestSite;
  let aboveUrl: string;
  const below = async (name: string): Promise<TestSite> => {
    mkdirSync(path.join(folder(), name));
    return siteBelow(cleanup, path.join(folder(), name), aboveUrl);
  };
  beforeEach(async () => {
    catalogue = catalogueFromGenerator({ updates: 160, seed: 11, size: 2500 });
    mkdirSync(path.join(folder(), 'above'));
    above = await siteBelow(cleanup, path.join(folder(), 'above'), await serveCatalogue(cleanup, catalogue));
    expect(await above.sync()).to.include({ Succeeded: true });
    aboveUrl = await serveSite(cleanup, above);
  });
  afterEach(async () => cleanup.run());

  it(
    'gives the site below the same catalogue, byte for byte, and the same software updates and licence ' + 'terms',
    async () => {
      const site = await below('below');
      expect(await site.sync()).to.include({ Succeeded: true, Phase: 'Done' });
      const documents = await documentsOf(site);
      expect(documents).to.deep.equal(await documentsOf(above));
      expectSubset(documents, await documentsIn(catalogue));
      expect(documents.size).to.be.greaterThan(catalogue.size * 0.95);
      const view = async (of: TestSite): Promise<unknown[]> =>
        (await of.updates()).map((update) => [
          update.CI_UniqueID,
          update.LocalizedDisplayName,
          update.IsSuperseded,
          update.IsExpired,
        ]);
      expect(await view(site)).to.have.deep.members(await view(above));
      const terms = (name: string): string[] => readdirSync(path.join(folder(), name, 'LicenseTerms')).sort();
      expect(terms('below')).to.deep.equal(terms('above')).and.not.be.empty;
    },
  );

  it('passes the addresses of files on, each once in an answer', async () => {
    const site = await below('below');
    await site.sync();
    const lowest = await serveSite(cleanup, site);
    const { source } = makeSource(cleanup, { url: lowest });
    await source.open('', NEVER);
    const all = (await catalogue.documents([...catalogue.identities()])).filter(
      (document) => (document?.fileUrls.length ?? 0) > 0,
    );
    const known = [...(await documentsOf(site)).keys()];
    const wanted = all
      .flatMap((document) =>
        document !== undefined && known.includes(identityKey(document.identity)) ? [document] : [],
      )
      .slice(0, 60);
    const { fileUrls } = await source.fetchDocuments(
      wanted.map((document) => document.identity),
      NEVER,
    );
    const expected = new Map(wanted.flatMap((document) => document.fileUrls).map((url) => [url.digest, url.muUrl]));
    expect(expected.size).to.be.greaterThan(20);
    expect(fileUrls.filter((url) => url.muUrl !== '').map((url) => [url.digest, url.muUrl])).to.have.deep.members([
      ...expected,
    ]);
    expect(new Set(fileUrls.map((url) => url.digest)).size).to.equal(fileUrls.length);
  });

  it('writes the addresses of files into an export', async () => {
    mkdirSync(path.join(folder(), 'above', 'Transfer'));
    const requestId = newRequestId();
    await above.service['catalog/export']({ requestId, path: path.join(folder(), 'out.cab') }, above.request());
    const opened = await openWsusPackage(packagePlace({ path: path.join(folder(), 'above') }, requestId).file);
    const known = await catalogue.documents([...catalogue.identities()]);
    const expected = new Map(
      known.flatMap((document) => document?.fileUrls ?? []).map((url) => [url.digest, url.muUrl]),
    );
    const written = [...opened.files].filter(([, url]) => url !== '');
    await opened.close();
    expect(written.length).to.be.greaterThan(20);
    expect(written.filter(([digest, url]) => expected.get(digest) !== url)).to.deep.equal([]);
  });

  it('passes on what changes, and fetches nothing twice', async () => {
    const site = await below('below');
    await site.sync();
    const [first, second] = (await above.updates()).slice(-2).map((update) => ({ updateId: update.CI_UniqueID })) as [
      { updateId: string },
      { updateId: string },
    ];
    catalogue.revise(first.updateId, (xml) => xml.replace('Published', 'Published'));
    catalogue.expire(second.updateId);
    await above.sync();
    const run = await site.sync();
    expect([run.Kind, run.Counts.DocumentsFetched]).to.deep.equal(['Delta', 2]);
    expect(await documentsOf(site)).to.deep.equal(await documentsOf(above));
    expectSubset(await documentsOf(site), await documentsIn(catalogue));
    expect((await site.sync()).Counts.DocumentsFetched).to.equal(0);
  });

  it('keeps bundles with their exact old children on every level', async () => {
    const stored = [...(await documentsOf(above))];
    const [, child = '', revision = ''] =
      stored
        .map(([, text]) =>
          /<upd:BundledUpdates><upd:UpdateIdentity UpdateID="([^"]+)" RevisionNumber="(\d+)"/.exec(text),
        )
        .find((found) => found !== null) ?? [];
    const [other = ''] = stored
      .filter(([, text]) => text.includes('ExplicitlyDeployable="true"') && !text.includes('BundledUpdates'))
      .map(([key]) => key.slice(0, 36));
    const newer = catalogue.revise(child, (xml) => xml);
    catalogue.revise(other, (xml) =>
      xml.replace(
        '</upd:Relationships>',
        `<upd:BundledUpdates><upd:UpdateIdentity UpdateID="${newer.updateId}" ` +
          `RevisionNumber="${newer.revisionNumber}" /></upd:BundledUpdates></upd:Relationships>`,
      ),
    );
    await above.sync();
    const site = await below('late');
    await site.sync();
    const keys = [...(await documentsOf(site)).keys()];
    expect(keys)
      .to.include(`${child.toLowerCase()}.${revision}`)
      .and.include(`${newer.updateId}.${newer.revisionNumber}`);
  });

  it('serves several at the same time', async () => {
    const sites = await Promise.all(['one', 'two', 'three', 'four'].map(below));
    const runs = await Promise.all(sites.map(async (site) => site.sync()));
    expect(runs.map((run) => run.Succeeded)).to.deep.equal([true, true, true, true]);
    const expected = await documentsOf(above);
    for (const site of sites) expect(await documentsOf(site)).to.deep.equal(expected);
  });
});

/** Everything here is there too, byte for byte. */
function expectSubset(here: ReadonlyMap<string, string>, there: ReadonlyMap<string, string>): void {
  expect([...here].filter(([key, text]) => there.get(key) !== text).map(([key]) => key)).to.deep.equal([]);
}
