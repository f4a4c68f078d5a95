import { expect } from 'chai';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { KIND } from '../../server/store/rows.js';
import type { RevisionRow } from '../../server/store/rows.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { digestOf } from './dumpDatabase.js';
import { relation, sampleCategory, sampleRevision, sampleUpdate } from './sampleRows.js';

/** What every SiteDatabase does; `open` gives an empty one. */
export function siteDatabaseAcceptance(name: string, open: () => Promise<SiteDatabase>): void {
  describe(`${name} as a site database`, () => {
    let database: SiteDatabase;
    beforeEach(async () => {
      database = await open();
    });
    afterEach(async () => database.close());
    const keyOf = async (number: number): Promise<number> =>
      (await database.updateKeys([guidOf(number)])).get(guidOf(number)) ?? -1;

    it('is empty at first', async () => {
      expect(await database.counts()).to.deep.equal({ revisions: 0, categories: 0, softwareUpdates: 0 });
      expect(await database.setting('nothing')).to.equal(undefined);
      expect(await database.requestResult(guidOf(1))).to.equal(undefined);
      expect(await database.documentLocation(1)).to.equal(undefined);
      expect(await database.runs({})).to.deep.equal([]);
      expect(await database.statuses()).to.deep.equal([]);
    });

    it('keeps settings of every JSON kind and replaces them', async () => {
      const settings = { text: 'caf\u00e9 \ud83d\ude80', number: 1.5, none: null, list: [1, { a: 'b' }], flag: false };
      await database.commit({ settings });
      for (const [key, value] of Object.entries(settings)) expect(await database.setting(key)).to.deep.equal(value);
      await database.commit({ settings: { text: '' } });
      expect(await database.setting('text')).to.equal('');
    });

    it('tells missing revisions from stored ones in the order given', async () => {
      await database.commit({ revisions: [sampleRevision(1), sampleRevision(2, { revisionNumber: 5 })] });
      const asked = [
        [3, 1],
        [1, 1],
        [2, 4],
        [2, 5],
        [1, 2],
      ].map(([id = 0, revisionNumber = 0]) => ({ updateId: guidOf(id), revisionNumber }));
      expect(await database.missingRevisions(asked)).to.deep.equal([asked[0], asked[2], asked[4]]);
    });

    it('gives the latest revision of each update in the catalogue', async () => {
      await database.commit({
        revisions: [sampleRevision(1), sampleRevision(2), sampleRevision(1, { revisionNumber: 3, title: 'new' })],
      });
      await database.commit({ revisions: [sampleRevision(1, { revisionNumber: 2, title: 'late' })] });
      const latest = await database.latestRevisions();
      expect([...(await database.names(latest))]).to.deep.equal([
        [2, { updateId: guidOf(2), title: 'Update 2' }],
        [3, { updateId: guidOf(1), title: 'new' }],
      ]);
      expect(await database.latestRevisions([await keyOf(1)])).to.deep.equal([3]);
      expect(await database.changedUpdates(3)).to.deep.equal([await keyOf(1)]);
    });

    it('names the categories, bundles and supersedence of a revision', async () => {
      await database.commit({
        revisions: [
          sampleRevision(1, {
            relations: [
              relation('category', guidOf(50)),
              relation('category', guidOf(51), 0, 1),
              relation('superseded', guidOf(2)),
              relation('bundled', guidOf(3), 2),
              relation('prerequisite', guidOf(60)),
            ],
          }),
          sampleRevision(2),
          sampleRevision(3),
          sampleRevision(3, { revisionNumber: 2, title: 'bundled' }),
        ],
      });
      await database.commit({
        softwareUpdates: [
          sampleUpdate(100, { updateKey: await keyOf(1), revisionId: 1 }),
          sampleUpdate(101, { updateKey: await keyOf(2), revisionId: 2 }),
        ],
      });
      const related = await database.relatedIds([1, 2]);
      expect(related.get(1)).to.deep.equal({
        categories: [guidOf(50), guidOf(51)],
        supersedes: [guidOf(2)],
        supersededBy: [],
        bundles: [guidOf(3)],
      });
      expect(related.get(2)?.supersededBy).to.deep.equal([guidOf(1)]);
    });

    it('knows what stored revisions name and nobody has brought', async () => {
      const at = (number: number, revisionNumber: number): { updateId: string; revisionNumber: number } => ({
        updateId: guidOf(number),
        revisionNumber,
      });
      await database.commit({
        revisions: [
          sampleRevision(1, {
            relations: [
              relation('bundled', guidOf(2), 1),
              relation('bundled', guidOf(3), 2, 1),
              relation('bundled', guidOf(3), 3, 2),
              relation('prerequisite', guidOf(60)),
              relation('category', guidOf(61)),
            ],
          }),
          sampleRevision(3, {
            revisionNumber: 2,
            relations: [
              relation('bundled', guidOf(4), 7),
              relation('prerequisite', guidOf(62)),
              relation('prerequisite', guidOf(1)),
            ],
          }),
          sampleRevision(3, { revisionNumber: 5 }),
        ],
      });
      expect(await database.missingBundled(1)).to.deep.equal([at(2, 1), at(3, 3), at(4, 7)]);
      expect(await database.missingBundled(2)).to.deep.equal([at(4, 7)]);
      expect(await database.unknownPrerequisites(1)).to.deep.equal([guidOf(60), guidOf(62)]);
      expect(await database.unknownPrerequisites(2)).to.deep.equal([guidOf(62)]);
      await database.commit({ revisions: [sampleRevision(1, { revisionNumber: 2 }), sampleRevision(60)] });
      expect(await database.missingBundled(1)).to.deep.equal([at(4, 7)]);
      expect(await database.unknownPrerequisites(1)).to.deep.equal([guidOf(62)]);
    });

    it('tells which revisions are outdated: a newer one is stored, and no current bundle holds them', async () => {
      const at = (number: number, revisionNumber: number): { updateId: string; revisionNumber: number } => ({
        updateId: guidOf(number),
        revisionNumber,
      });
      await database.commit({
        revisions: [
          sampleRevision(1, { relations: [relation('bundled', guidOf(2), 3)] }),
          sampleRevision(2, { revisionNumber: 5 }),
        ],
      });
      const asked = [at(2, 4), at(2, 3), at(2, 5), at(2, 6), at(9, 1)];
      expect(await database.outdatedRevisions(asked)).to.deep.equal([at(2, 4)]);
      await database.commit({ revisions: [sampleRevision(1, { revisionNumber: 2 })] });
      expect(await database.outdatedRevisions(asked)).to.deep.equal([at(2, 4), at(2, 3)]);
    });

    it('shows the evaluation what stands in and around revisions', async () => {
      await database.commit({
        revisions: [
          sampleRevision(1, {
            created: 500,
            relations: [
              relation('category', guidOf(50)),
              relation('superseded', guidOf(2)),
              relation('bundled', guidOf(3), 2),
              relation('bundled', guidOf(3), 9, 1),
              relation('bundled', guidOf(4), 1, 2),
            ],
          }),
          sampleRevision(2, { flags: 0, expired: true }),
          sampleRevision(3),
          sampleRevision(3, { revisionNumber: 2 }),
          sampleRevision(60, { kind: KIND.detectoid }),
        ],
      });
      const [one, two, three, four, category] = [
        await keyOf(1),
        await keyOf(2),
        await keyOf(3),
        await keyOf(4),
        await keyOf(50),
      ];
      const [bundle, superseded, ...others] = await database.candidates([1, 2, 5]);
      expect(bundle).to.deep.equal({
        updateKey: one,
        revisionId: 1,
        revisionNumber: 1,
        isExpired: false,
        isDeployable: true,
        firstCreated: 500,
        categoryKeys: [category],
        supersedes: [two],
        members: [
          { updateKey: three, revisionId: 4 },
          { updateKey: three, revisionId: undefined },
          { updateKey: four, revisionId: undefined },
        ],
      });
      expect(superseded).to.deep.include({ updateKey: two, isExpired: true, isDeployable: false, members: [] });
      expect(others, 'a detectoid is no candidate').to.deep.equal([]);
      expect(await database.namedUpdates([one], 'bundled')).to.have.members([three, four]);
      expect(await database.namedUpdates([one, two], 'superseded')).to.deep.equal([two]);
      expect(await database.holdings([three]), 'no software update holds it yet').to.deep.equal([]);
      await database.commit({ softwareUpdates: [sampleUpdate(100, { updateKey: one, revisionId: 1 })] });
      expect(await database.holdings([three, four])).to.deep.equal([{ child: three, revisionId: 4, holder: one }]);
      expect(await database.supersedence([two])).to.deep.equal([{ update: two, by: one, firstCreated: 500 }]);
    });

    it('keeps categories with the title of their revision', async () => {
      await database.commit({
        revisions: [sampleRevision(1, { kind: 3, categoryType: 'Product', title: 'Windows 11' })],
      });
      const row = sampleCategory(16_777_217, {
        updateKey: await keyOf(1),
        updateId: guidOf(1),
        revisionId: 1,
        title: 'Windows 11',
        isSubscribed: true,
      });
      await database.commit({ categories: [row] });
      expect(await database.categories()).to.deep.equal([row]);
      expect((await database.categoryDocuments()).map((document) => document.categoryType)).to.deep.equal(['Product']);
    });

    it('finds the documents of categories again, with those that came or went meanwhile', async () => {
      const category = (number: number, over: Parameters<typeof sampleRevision>[1] = {}): RevisionRow =>
        sampleRevision(number, { kind: 3, categoryType: 'Product', title: `P${number}`, ...over });
      const found = async (): Promise<string[]> =>
        (await database.categoryDocuments()).map(({ revisionId, title }) => `${revisionId} ${title}`);
      expect(await found()).to.deep.equal([]);
      await database.commit({ revisions: [category(1), sampleRevision(2), category(3, { categoryType: '' })] });
      expect(await found()).to.deep.equal(['1 P1']);
      await database.commit({ revisions: [sampleRevision(4), category(5), category(6)] });
      expect(await Promise.all([found(), found()])).to.deep.equal([
        ['1 P1', '5 P5', '6 P6'],
        ['1 P1', '5 P5', '6 P6'],
      ]);
      await database.commit({ revisions: [category(1, { revisionNumber: 2, title: 'new' }), sampleRevision(8)] });
      expect(await found()).to.deep.equal(['5 P5', '6 P6', '7 new']);
      await database.commit({
        removedRevisions: [{ revisionId: 6, updateKey: await keyOf(6), revisionNumber: 1, isKnown: true }],
      });
      expect(await found()).to.deep.equal(['5 P5', '7 new']);
    });

    it('keeps runs newest first, statuses by server and answered requests', async () => {
      for (const id of [1, 2, 3])
        await database.commit({ run: { id, state: id === 2 ? 'Failed' : 'Succeeded', json: `{"Id":${id}}` } });
      await database.commit({
        statuses: [
          { server: 'b', json: '2' },
          { server: 'a', json: '1' },
        ],
        request: { requestId: guidOf(9), method: 'm', result: '{"x":1}', time: 5 },
      });
      expect(await database.runs({})).to.deep.equal(['{"Id":3}', '{"Id":2}', '{"Id":1}']);
      expect(await database.runs({ newest: 1 })).to.deep.equal(['{"Id":3}']);
      expect(await database.runs({ id: 1 })).to.deep.equal(['{"Id":1}']);
      expect(await database.runs({ state: 'Failed' })).to.deep.equal(['{"Id":2}']);
      expect(await database.runs({ oldest: 1, after: 1 })).to.deep.equal(['{"Id":2}']);
      expect(await database.runs({ newest: 5, before: 3 })).to.deep.equal(['{"Id":2}', '{"Id":1}']);
      expect(await database.statuses()).to.deep.equal(['1', '2']);
      await database.commit({ removedStatuses: ['a', 'none'], statuses: [{ server: 'c', json: '3' }] });
      expect(await database.statuses()).to.deep.equal(['2', '3']);
      expect(await database.requestResult(guidOf(9))).to.equal('{"x":1}');
      await database.commit({ forgetRequestsBefore: 5 });
      expect(await database.requestResult(guidOf(9))).to.equal('{"x":1}');
      await database.commit({ forgetRequestsBefore: 6 });
      expect(await database.requestResult(guidOf(9))).to.equal(undefined);
    });

    it('applies all of a transaction or nothing', async () => {
      await database.commit({ revisions: [sampleRevision(1)], settings: { a: 1 } });
      const before = await digestOf(database, ['a']);
      expect(
        await rejectionOf(database.commit({ settings: { a: 2 }, revisions: [sampleRevision(2), sampleRevision(1)] })),
      ).to.equal('InternalError');
      expect(await digestOf(database, ['a'])).to.equal(before);
      await database.commit({ revisions: [sampleRevision(3), sampleRevision(2)] });
      expect(
        [...(await database.names(await database.latestRevisions())).values()].map((row) => row.updateId),
      ).to.deep.equal([1, 3, 2].map(guidOf));
      expect(await database.danglingReferences('revision', { from: 1, to: 9 }), 'their descriptions').to.deep.equal([]);
      expect((await database.tableCounts()).description).to.equal(3);
    });

    it('moves documents without touching anything else', async () => {
      await database.commit({ revisions: [sampleRevision(1), sampleRevision(2)] });
      const before = await database.candidates([1, 2]);
      const location = { segment: 3 * 4096 + 1, position: 5_000_000_000, length: 77 };
      await database.commit({ movedDocuments: [{ revisionId: 2, location }] });
      expect([await database.documentLocation(1), await database.documentLocation(2)]).to.deep.equal([
        sampleRevision(1).location,
        location,
      ]);
      expect(await database.candidates([1, 2])).to.deep.equal(before);
    });
  });
}
