import { expect } from 'chai';
import type { ServedCatalogue } from '../../server/downstream/ServedCatalogue.js';
import { SyncError } from '../../server/errors/SyncError.js';
import type { CatalogueDocument } from '../../server/sample/CatalogueEntry.js';
import { category, configFilter, detectoid, id, listed, update, updatesFilter } from '../sample/catalogueFixture.js';
import { ALONE, wholeList } from './aloneWork.js';

/** A catalogue to try, and how documents get into it: those of one call as one change. */
export interface CatalogueUnderTest {
  readonly catalogue: ServedCatalogue;
  readonly put: (...documents: readonly CatalogueDocument[]) => Promise<void>;
}

const [FAMILY, PRODUCT, OTHER, SECURITY, TOOLS] = [1, 2, 3, 8, 9] as const;
const CATEGORIES = [
  category(FAMILY),
  category(PRODUCT, [FAMILY]),
  category(OTHER, [FAMILY]),
  category(SECURITY),
  category(TOOLS),
];
const FUTURE = '1,2099-01-01 00:00:00.000';
const WHOLE = { maxBytes: Number.MAX_SAFE_INTEGER };

/** What every ServedCatalogue does; `open` gives an empty one. */
export function servedCatalogueAcceptance(name: string, open: () => Promise<CatalogueUnderTest>): void {
  describe(`${name} as a catalogue that is served`, () => {
    let catalogue: ServedCatalogue;
    let put: CatalogueUnderTest['put'];
    beforeEach(async () => {
      ({ catalogue, put } = await open());
    });
    const sample = async (): Promise<void> =>
      put(...CATEGORIES, update(20, [PRODUCT, SECURITY]), update(21, [OTHER, SECURITY]), update(22, [PRODUCT, TOOLS]));
    const anchor = async (): Promise<string> => (await wholeList(catalogue, configFilter())).anchor;
    const child = (number: number, revisionNumber = 1): { updateId: string; revisionNumber: number } => ({
      updateId: id(number),
      revisionNumber,
    });

    describe('filters', () => {
      it('give categories and detectoids for configuration, whatever the lists say', async () => {
        await sample();
        await put(detectoid(30));
        expect(await listed(catalogue, { ...updatesFilter([PRODUCT], [SECURITY]), config: true })).to.deep.equal([
          '1.1',
          '2.1',
          '3.1',
          '8.1',
          '9.1',
          '30.1',
        ]);
      });

      it('demand one of the categories and one of the classifications', async () => {
        await sample();
        expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY]))).to.deep.equal(['20.1']);
        expect(await listed(catalogue, updatesFilter([PRODUCT, OTHER], [SECURITY, TOOLS]))).to.deep.equal([
          '20.1',
          '21.1',
          '22.1',
        ]);
      });

      it('give nothing for one list alone and everything for none', async () => {
        await sample();
        expect(await listed(catalogue, updatesFilter([PRODUCT], []))).to.deep.equal([]);
        expect(await listed(catalogue, updatesFilter([], [SECURITY]))).to.deep.equal([]);
        expect(await listed(catalogue, updatesFilter([], []))).to.deep.equal(['20.1', '21.1', '22.1']);
      });

      it('know the products below a family, and ignore ids nobody knows', async () => {
        await sample();
        expect(await listed(catalogue, updatesFilter([FAMILY, 777], [SECURITY, 778]))).to.deep.equal(['20.1', '21.1']);
        expect(await listed(catalogue, updatesFilter([777], [778]))).to.deep.equal([]);
      });

      it('do not mind the case of ids or a cycle of categories', async () => {
        await put(category(1, [2]), category(2, [1]), update(20, [2, 8]));
        const filter = updatesFilter([1], [8]);
        const upper = filter.categories.map((entry) => ({ ...entry, id: entry.id.toUpperCase() }));
        expect(
          await listed(catalogue, { ...filter, categories: upper, languages: [{ id: 1031, delta: true }] }),
        ).to.deep.equal(['20.1']);
      });
    });

    describe('changes', () => {
      it('are what a delta gives', async () => {
        await sample();
        const before = await anchor();
        expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY], before))).to.deep.equal([]);
        expect(await listed(catalogue, configFilter(before))).to.deep.equal([]);
        await put(update(20, [PRODUCT, SECURITY], [], { revision: 2 }));
        await put(update(23, [PRODUCT, SECURITY]), category(10));
        expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY], before))).to.deep.equal(['20.2', '23.1']);
        expect(await listed(catalogue, updatesFilter([], [], before))).to.deep.equal(['20.2', '23.1']);
        expect(await listed(catalogue, configFilter(before))).to.deep.equal(['10.1']);
      });

      it('do not limit what is asked for whole, be it a category, a classification or a language', async () => {
        await sample();
        const before = await anchor();
        await put(update(20, [PRODUCT, SECURITY], [], { revision: 2 }));
        expect(await listed(catalogue, updatesFilter([PRODUCT, [OTHER]], [SECURITY], before))).to.deep.equal([
          '21.1',
          '20.2',
        ]);
        expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY, [TOOLS]], before))).to.deep.equal([
          '22.1',
          '20.2',
        ]);
        const languages = [
          { id: 1033, delta: true },
          { id: 1031, delta: false },
        ];
        expect(
          await listed(catalogue, { ...updatesFilter([PRODUCT], [SECURITY, TOOLS], before), languages }),
        ).to.deep.equal(['22.1', '20.2']);
      });

      it('keep all revisions of configuration and the latest of updates', async () => {
        await sample();
        await put(category(PRODUCT, [FAMILY], 2), update(20, [PRODUCT, SECURITY], [], { revision: 2 }));
        expect(await listed(catalogue, configFilter())).to.include.members(['2.1', '2.2']);
        expect(await listed(catalogue, updatesFilter([], []))).to.deep.equal(['21.1', '22.1', '20.2']);
        expect((await catalogue.documents([child(20)], WHOLE, ALONE))[0]).not.to.equal(undefined);
      });

      it('follow what the newer document says', async () => {
        await sample();
        await put(update(20, [OTHER, SECURITY], [], { revision: 2 }));
        expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY]))).to.deep.equal([]);
        expect(await listed(catalogue, updatesFilter([OTHER], [SECURITY]))).to.deep.equal(['21.1', '20.2']);
      });

      it('are not the older revisions that come late', async () => {
        await put(...CATEGORIES, update(20, [PRODUCT, SECURITY], [], { revision: 5 }));
        const before = await anchor();
        await put(update(20, [PRODUCT, SECURITY], [], { revision: 3 }));
        expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY], before))).to.deep.equal([]);
        expect(await listed(catalogue, updatesFilter([], []))).to.deep.equal(['20.5']);
      });
    });

    describe('what an update needs', () => {
      it('comes on all levels, each before its bundle and once', async () => {
        await put(
          update(40, [PRODUCT, SECURITY], [child(41), child(42)]),
          update(41, [], [child(43)]),
          update(42, [], [child(43), child(99)]),
          update(43, []),
        );
        expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY]))).to.deep.equal([
          '43.1',
          '41.1',
          '42.1',
          '40.1',
        ]);
      });

      it('makes a bundle new when it comes late, through all levels, in a delta too', async () => {
        await put(
          ...CATEGORIES,
          update(40, [PRODUCT, SECURITY], [child(41)]),
          update(41, [], [child(42, 3)]),
          update(50, [PRODUCT, SECURITY]),
        );
        const before = await anchor();
        await put(update(42, [], [], { revision: 2 }));
        expect(
          await listed(catalogue, updatesFilter([PRODUCT], [SECURITY], before)),
          'another revision is not what it holds',
        ).to.deep.equal([]);
        await put(update(42, [], [], { revision: 3 }));
        expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY], before))).to.deep.equal([
          '42.3',
          '41.1',
          '40.1',
        ]);
        expect(await listed(catalogue, updatesFilter([PRODUCT], [TOOLS], before))).to.deep.equal([]);
        expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY], await anchor()))).to.deep.equal([]);
      });

      it('is the exact revision of a child, also of one that was revised', async () => {
        await put(update(41, []), update(40, [PRODUCT, SECURITY], [child(41)]));
        await put(update(41, [], [], { revision: 2 }));
        expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY]))).to.deep.equal(['41.1', '40.1']);
        expect(
          (await catalogue.documents([child(41), child(41, 2)], WHOLE, ALONE)).map(
            (document) => document?.identity.revisionNumber,
          ),
        ).to.deep.equal([1, 2]);
      });

      it('is the latest revision of a prerequisite that is an update, not categories and detectoids', async () => {
        await put(
          ...CATEGORIES,
          detectoid(30),
          update(50, [OTHER, TOOLS]),
          update(51, [PRODUCT, SECURITY], [], { prerequisites: [30, 50, 99] }),
        );
        await put(update(50, [OTHER, TOOLS], [], { revision: 4 }));
        expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY]))).to.deep.equal(['50.4', '51.1']);
      });

      it('does not hang on a circle', async () => {
        await put(update(40, [PRODUCT, SECURITY], [child(41)]), update(41, [], [child(40)]));
        expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY]))).to.deep.equal(['41.1', '40.1']);
      });
    });

    describe('anchors', () => {
      it('have the form of Windows and grow with every change', async () => {
        await sample();
        const first = await anchor();
        await put(update(30, []));
        expect(first).to.match(/^\d+,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
        const time = (text: string): number => Date.parse(`${text.split(',')[1] ?? ''}Z`);
        expect(time(await anchor())).to.be.greaterThan(time(first));
      });

      it('of the future give nothing, even for what is asked for whole', async () => {
        await sample();
        expect(await listed(catalogue, updatesFilter([[PRODUCT]], [[SECURITY]], FUTURE))).to.deep.equal([]);
        expect(await listed(catalogue, configFilter(FUTURE))).to.deep.equal([]);
      });

      it('count by their time alone, older ones and those without a counter included', async () => {
        await sample();
        const [, time] = (await anchor()).split(',');
        expect(await listed(catalogue, configFilter(time))).to.deep.equal([]);
        expect(await listed(catalogue, configFilter(`77777,${time}`))).to.deep.equal([]);
        expect(await listed(catalogue, configFilter('9,2001-01-01 00:00:00.000'))).to.have.length(5);
      });

      it('that are none are refused', async () => {
        const error = await wholeList(catalogue, configFilter('yesterday')).catch((caught: unknown) => caught);
        expect(error).to.be.instanceOf(SyncError).with.property('errorId', 'InvalidRequest');
      });
    });

    describe('documents', () => {
      it('come byte for byte in the order asked for, with gaps', async () => {
        const documents = [update(20, [PRODUCT], [], { title: 'caf\u00e9 \ud83d\ude80 &amp; more' }), update(22, [])];
        await put(...documents);
        const served = await catalogue.documents([child(22), child(20)], WHOLE, ALONE);
        expect(
          served.map((document) =>
            Buffer.from(document!.xml).equals(
              Buffer.from(documents.find(({ identity }) => identity.updateId === document!.identity.updateId)!.xml),
            ),
          ),
        ).to.deep.equal([true, true]);
        expect(
          (await catalogue.documents([child(22), child(500), child(20, 9)], WHOLE, ALONE)).includes(undefined),
        ).to.equal(true);
      });

      it('know their update by an id in any letter case', async () => {
        await sample();
        expect(
          (
            await catalogue.documents([{ updateId: id(20).toUpperCase(), revisionNumber: 1 }], WHOLE, ALONE)
          )[0]?.identity.updateId.toLowerCase(),
        ).to.equal(id(20));
      });

      it('have a current revision for each id that is known', async () => {
        await put(update(1, [10, 20]), update(2, [10, 20]));
        await put(update(1, [10, 20], [], { revision: 7 }));
        expect(await catalogue.currentRevisions([id(2), id(77), id(1).toUpperCase()])).to.deep.equal([
          child(2),
          child(1, 7),
        ]);
      });
    });

    it('names its languages under an anchor that stays while they do', async () => {
      const first = await catalogue.configuration();
      await sample();
      expect(await catalogue.configuration()).to.deep.equal(first);
      expect(first.anchor).to.match(/^\d+,\d{4}-\d\d-\d\d/);
    });
  });
}
