import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import { catalogueFromGenerator } from '../../server/sample/catalogueFromGenerator.js';
import { MemoryCatalogue } from '../../server/sample/MemoryCatalogue.js';
import { servedCatalogueAcceptance } from '../downstream/servedCatalogueAcceptance.js';
import { catalogueOf, category, configFilter, id, listed, update, updatesFilter } from './catalogueFixture.js';
import { wholeList } from '../downstream/aloneWork.js';

const [FAMILY, PRODUCT, OTHER, SECURITY, TOOLS] = [1, 2, 3, 8, 9] as const;
const CATEGORIES = [
  category(FAMILY),
  category(PRODUCT, [FAMILY]),
  category(OTHER, [FAMILY]),
  category(SECURITY),
  category(TOOLS),
];

describe('MemoryCatalogue', () => {
  const sample = (): MemoryCatalogue =>
    catalogueOf(
      ...CATEGORIES,
      update(20, [PRODUCT, SECURITY]),
      update(21, [OTHER, SECURITY]),
      update(22, [PRODUCT, TOOLS]),
    );

  servedCatalogueAcceptance('A catalogue in memory', async () => {
    const catalogue = catalogueOf();
    return Promise.resolve({
      catalogue,
      put: async (...documents) => {
        catalogue.add(documents);
        return Promise.resolve();
      },
    });
  });

  it('publishes the next revision of an update with an edited document', async () => {
    const catalogue = sample();
    const before = catalogue.anchor();
    expect(catalogue.revise(id(20), (xml) => xml.replace(id(PRODUCT), id(OTHER)))).to.deep.equal({
      updateId: id(20),
      revisionNumber: 2,
    });
    expect(await listed(catalogue, updatesFilter([OTHER], [SECURITY], before))).to.deep.equal(['20.2']);
    expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY]))).to.deep.equal([]);
  });

  it('expires and removes', async () => {
    const catalogue = sample();
    const expired = catalogue.expire(id(20));
    const [served] = await catalogue.documents([expired]);
    expect(Buffer.from(served!.xml).toString())
      .to.include('PublicationState="Expired"')
      .and.include('RevisionNumber="2"');
    catalogue.remove(id(21).toUpperCase());
    expect(await listed(catalogue, updatesFilter([], []))).to.deep.equal(['22.1', '20.2']);
    expect(await catalogue.documents([{ updateId: id(21), revisionNumber: 1 }])).to.deep.equal([undefined]);
  });

  it('refuses an update that is not there', () => {
    expect(() => sample().expire(id(500)))
      .to.throw(SyncError)
      .with.property('errorId', 'UpdateNotFound');
    expect(() => sample().remove(id(500))).to.throw(SyncError);
  });

  it('serves documents with a gap for each that is not there', async () => {
    const served = await sample().documents(
      [22, 500, 20].map((number) => ({ updateId: id(number), revisionNumber: 1 })),
    );
    expect(served.map((document) => document?.identity.updateId)).to.deep.equal([id(22), undefined, id(20)]);
    expect(served[0]?.escaped).to.equal(undefined);
  });

  it('escapes once when it is told to', async () => {
    const catalogue = new MemoryCatalogue({ serverId: id(1), languages: [], keepsEscaped: true });
    catalogue.add([
      {
        ...update(20, []),
        xml: Buffer.from('<a b="ä">&amp;</a>'),
        isConfiguration: false,
        memberships: [],
        bundled: [],
      },
    ]);
    const ask = async (): Promise<Uint8Array | undefined> =>
      (await catalogue.documents([{ updateId: id(20), revisionNumber: 1 }]))[0]?.escaped;
    expect(Buffer.from((await ask())!).toString()).to.equal('&lt;a b="ä"&gt;&amp;amp;&lt;/a&gt;');
    expect(await ask()).to.equal(await ask());
  });

  it('can pretend that its database was replaced', () => {
    const catalogue = sample();
    const before = catalogue.configAnchor();
    catalogue.replaceServer(id(5));
    expect(catalogue.serverId).to.equal(id(5));
    expect(catalogue.configAnchor()).not.to.equal(before);
  });

  it('holds a generated catalogue and finds every update by its products and classifications', async () => {
    const catalogue = catalogueFromGenerator({ updates: 300, seed: 3, size: 4000 });
    const everything = await wholeList(catalogue, updatesFilter([], []));
    const configuration = await wholeList(catalogue, configFilter());
    expect(everything.revisions).to.have.length(300);
    expect(configuration.revisions.length + 300).to.equal(catalogue.size);
    const ids = configuration.revisions.map((identity) => ({ id: identity.updateId, delta: true }));
    const matched = await wholeList(catalogue, { ...updatesFilter([], []), categories: ids, classifications: ids });
    expect(matched.revisions).to.have.deep.members(everything.revisions);
    expect(catalogue.languages()).to.have.length(39);
  });
});
