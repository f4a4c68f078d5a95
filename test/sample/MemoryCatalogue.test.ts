import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import { catalogueFromGenerator } from '../../server/sample/catalogueFromGenerator.js';
import { MemoryCatalogue } from '../../server/sample/MemoryCatalogue.js';
import { catalogueOf, category, configFilter, id, listed, update, updatesFilter } from './catalogueFixture.js';

const [FAMILY, PRODUCT, OTHER, SECURITY, TOOLS] = [1, 2, 3, 8, 9] as const;
const CATEGORIES = [category(FAMILY), category(PRODUCT, [FAMILY]), category(OTHER, [FAMILY]), category(SECURITY), category(TOOLS)];

describe('MemoryCatalogue', () => {
  const sample = (): MemoryCatalogue => catalogueOf(...CATEGORIES, update(20, [PRODUCT, SECURITY]), update(21, [OTHER, SECURITY]), update(22, [PRODUCT, TOOLS]));

  describe('filters', () => {
    it('give categories for configuration, whatever the lists say', async () => {
      const lists = updatesFilter([PRODUCT], [SECURITY]);
      expect(await listed(sample(), { ...lists, config: true })).to.deep.equal(['1.1', '2.1', '3.1', '8.1', '9.1']);
    });

    it('demand one of the categories and one of the classifications', async () => {
      expect(await listed(sample(), updatesFilter([PRODUCT], [SECURITY]))).to.deep.equal(['20.1']);
      expect(await listed(sample(), updatesFilter([PRODUCT, OTHER], [SECURITY, TOOLS]))).to.deep.equal(['20.1', '21.1', '22.1']);
    });

    it('give nothing for one list alone and everything for none', async () => {
      expect(await listed(sample(), updatesFilter([PRODUCT], []))).to.deep.equal([]);
      expect(await listed(sample(), updatesFilter([], [SECURITY]))).to.deep.equal([]);
      expect(await listed(sample(), updatesFilter([], []))).to.deep.equal(['20.1', '21.1', '22.1']);
    });

    it('know the products below a family, and ignore ids nobody knows', async () => {
      expect(await listed(sample(), updatesFilter([FAMILY, 777], [SECURITY, 778]))).to.deep.equal(['20.1', '21.1']);
      expect(await listed(sample(), updatesFilter([777], [778]))).to.deep.equal([]);
    });

    it('do not mind the case of ids, a cycle of categories, or languages', async () => {
      const looped = catalogueOf(category(1, [2]), category(2, [1]), update(20, [2, 8]));
      const filter = updatesFilter([1], [8]);
      const upper = filter.categories.map((entry) => ({ ...entry, id: entry.id.toUpperCase() }));
      expect(await listed(looped, { ...filter, categories: upper, languages: [{ id: 1031, delta: false }] })).to.deep.equal(['20.1']);
    });
  });

  describe('changes', () => {
    it('are what a delta gives', async () => {
      const catalogue = sample();
      const anchor = catalogue.anchor();
      expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY], anchor))).to.deep.equal([]);
      catalogue.revise(id(20), (xml) => xml.replace('Published', 'Published'));
      catalogue.add([update(23, [PRODUCT, SECURITY]), category(10)]);
      expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY], anchor))).to.deep.equal(['20.2', '23.1']);
      expect(await listed(catalogue, updatesFilter([], [], anchor))).to.deep.equal(['20.2', '23.1']);
      expect(await listed(catalogue, configFilter(anchor))).to.deep.equal(['10.1']);
    });

    it('do not limit what is asked for whole', async () => {
      const catalogue = sample();
      const anchor = catalogue.anchor();
      catalogue.revise(id(20), (xml) => xml);
      expect(await listed(catalogue, updatesFilter([PRODUCT, [OTHER]], [SECURITY], anchor))).to.deep.equal(['21.1', '20.2']);
      expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY, [TOOLS]], anchor))).to.deep.equal(['22.1', '20.2']);
    });

    it('keep all revisions of configuration and the latest of updates', async () => {
      const catalogue = sample();
      catalogue.revise(id(PRODUCT), (xml) => xml);
      catalogue.revise(id(20), (xml) => xml);
      expect(await listed(catalogue, configFilter())).to.include.members(['2.1', '2.2']);
      expect(await listed(catalogue, updatesFilter([], []))).to.deep.equal(['21.1', '22.1', '20.2']);
      expect((await catalogue.documents([{ updateId: id(20), revisionNumber: 1 }]))[0]).not.to.equal(undefined);
    });

    it('follow what the revised document says', async () => {
      const catalogue = sample();
      catalogue.revise(id(20), (xml) => xml.replace(id(PRODUCT), id(OTHER)));
      expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY]))).to.deep.equal([]);
      expect(await listed(catalogue, updatesFilter([OTHER], [SECURITY]))).to.deep.equal(['21.1', '20.2']);
    });

    it('expire and remove', async () => {
      const catalogue = sample();
      const expired = catalogue.expire(id(20));
      const [served] = await catalogue.documents([expired]);
      expect(Buffer.from(served!.xml).toString()).to.include('PublicationState="Expired"').and.include('RevisionNumber="2"');
      catalogue.remove(id(21).toUpperCase());
      expect(await listed(catalogue, updatesFilter([], []))).to.deep.equal(['22.1', '20.2']);
      expect(await catalogue.documents([{ updateId: id(21), revisionNumber: 1 }])).to.deep.equal([undefined]);
    });

    it('refuse an update that is not there', () => {
      expect(() => sample().expire(id(500))).to.throw(SyncError).with.property('errorId', 'UpdateNotFound');
      expect(() => sample().remove(id(500))).to.throw(SyncError);
    });
  });

  describe('bundles', () => {
    const child = (number: number, revisionNumber = 1): { updateId: string; revisionNumber: number } => ({ updateId: id(number), revisionNumber });

    it('bring their children on all levels, each before its bundle and once', async () => {
      const catalogue = catalogueOf(update(40, [PRODUCT, SECURITY], [child(41), child(42)]), update(41, [], [child(43)]), update(42, [], [child(43), child(99)]), update(43, []));
      expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY]))).to.deep.equal(['43.1', '41.1', '42.1', '40.1']);
    });

    it('keep the exact revision of a child that was revised', async () => {
      const catalogue = catalogueOf(update(41, []), update(40, [PRODUCT, SECURITY], [child(41)]));
      catalogue.revise(id(41), (xml) => xml);
      expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY]))).to.deep.equal(['41.1', '40.1']);
    });

    it('do not hang on a circle', async () => {
      const catalogue = catalogueOf(update(40, [PRODUCT, SECURITY], [child(41)]), update(41, [], [child(40)]));
      expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY]))).to.deep.equal(['41.1', '40.1']);
    });
  });

  describe('anchors', () => {
    it('have the form of Windows and grow with every change', () => {
      const catalogue = sample();
      const first = catalogue.anchor();
      catalogue.add([update(30, [])]);
      expect(first).to.match(/^\d+,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
      expect(catalogue.anchor() > first).to.equal(true);
    });

    it('of the future give nothing, even for what is asked for whole', async () => {
      expect(await listed(sample(), updatesFilter([[PRODUCT]], [[SECURITY]], '1,2099-01-01 00:00:00.000'))).to.deep.equal([]);
      expect(await listed(sample(), configFilter('1,2099-01-01 00:00:00.000'))).to.deep.equal([]);
    });

    it('count by their time alone, older ones and those without a counter included', async () => {
      const [, time] = sample().anchor().split(',');
      expect(await listed(sample(), configFilter(time))).to.deep.equal([]);
      expect(await listed(sample(), configFilter(`77777,${time}`))).to.deep.equal([]);
      expect(await listed(sample(), configFilter('9,2001-01-01 00:00:00.000'))).to.have.length(5);
    });

    it('that are none are refused', async () => {
      const error = await sample().listRevisions(configFilter('yesterday')).catch((caught: unknown) => caught);
      expect(error).to.be.instanceOf(SyncError).with.property('errorId', 'InvalidRequest');
    });
  });

  it('serves documents in the order asked for, with gaps', async () => {
    const served = await sample().documents([22, 500, 20].map((number) => ({ updateId: id(number), revisionNumber: 1 })));
    expect(served.map((document) => document?.identity.updateId)).to.deep.equal([id(22), undefined, id(20)]);
    expect(served[0]?.escaped).to.equal(undefined);
  });

  it('names the current revision of the ids it knows', async () => {
    const catalogue = catalogueOf(update(1, [10, 20]), update(2, [10, 20]));
    const revised = catalogue.revise(id(1), (xml) => xml);
    expect(await catalogue.currentRevisions([id(2), id(77), id(1).toUpperCase()])).to.deep.equal([{ updateId: id(2), revisionNumber: 1 }, revised]);
  });

  it('escapes once when it is told to', async () => {
    const catalogue = new MemoryCatalogue({ serverId: id(1), languages: [], keepsEscaped: true });
    catalogue.add([{ ...update(20, []), xml: Buffer.from('<a b="ä">&amp;</a>'), isConfiguration: false, memberships: [], bundled: [] }]);
    const ask = async (): Promise<Uint8Array | undefined> => (await catalogue.documents([{ updateId: id(20), revisionNumber: 1 }]))[0]?.escaped;
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
    const everything = await catalogue.listRevisions(updatesFilter([], []));
    const configuration = await catalogue.listRevisions(configFilter());
    expect(everything.revisions).to.have.length(300);
    expect(configuration.revisions.length + 300).to.equal(catalogue.size);
    const ids = configuration.revisions.map((identity) => ({ id: identity.updateId, delta: true }));
    const matched = await catalogue.listRevisions({ ...updatesFilter([], []), categories: ids, classifications: ids });
    expect(matched.revisions).to.have.deep.members(everything.revisions);
    expect(catalogue.languages()).to.have.length(39);
  });
});
