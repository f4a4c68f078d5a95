import { expect } from 'chai';
import type { SiteDatabase, SupersededQuery } from '../../server/store/SiteDatabase.js';
import type { UpdateQuery } from '../../server/store/UpdateQuery.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { relation, sampleRevision, sampleUpdate } from './sampleRows.js';

/** What every SiteDatabase does with software updates; `open` gives an empty one. */
export function softwareUpdateAcceptance(name: string, open: () => Promise<SiteDatabase>): void {
  describe(`${name} as a database of software updates`, () => {
    let database: SiteDatabase;
    beforeEach(async () => {
      database = await open();
    });
    afterEach(async () => database.close());
    const keyOf = async (number: number): Promise<number> =>
      (await database.updateKeys([guidOf(number)])).get(guidOf(number)) ?? -1;

    it('finds what is superseded and what is expired', async () => {
      await database.commit({
        revisions: [
          sampleRevision(1, { relations: [relation('category', guidOf(50))] }),
          sampleRevision(2),
          sampleRevision(3),
          sampleRevision(4),
        ],
      });
      const keys = [await keyOf(1), await keyOf(2), await keyOf(3), await keyOf(4)];
      const update = (
        number: number,
        over: Parameters<typeof sampleUpdate>[1] | object,
      ): ReturnType<typeof sampleUpdate> =>
        sampleUpdate(number, { updateKey: keys[number - 1] ?? 0, revisionId: number, ...over });
      await database.commit({
        softwareUpdates: [
          update(1, { isSuperseded: true, supersededSince: 700 }),
          update(2, { isSuperseded: true, supersededSince: 800, isHidden: true }),
          update(3, { isExpired: true, expiredSince: 900 }),
          update(4, { isExpired: true, expiredSince: 900, isRemoved: true }),
        ],
      });
      const category = await keyOf(50);
      const found = async (query: Omit<SupersededQuery, 'until'>, until = 700): Promise<unknown> =>
        database.supersededUpdates({ until, ...query });
      const superseded = { updateKey: keys[0], since: 700, categoryKeys: [] };
      expect(await found({})).to.deep.equal([superseded]);
      expect(await found({ upgradesKey: 999, definitionUpdatesKey: 999 })).to.deep.equal([superseded]);
      expect(await found({ upgradesKey: category })).to.deep.equal([{ ...superseded, categoryKeys: [category] }]);
      expect(await found({ definitionUpdatesKey: category }), 'definition updates').to.deep.equal([]);
      expect(await found({}, 699), 'superseded later').to.deep.equal([]);
      expect((await database.expiredSince(899)).map((row) => row.ciId)).to.deep.equal([]);
      expect((await database.expiredSince(900)).map((row) => row.ciId)).to.deep.equal([3]);
      expect(
        (await database.updates({ wildcard: false })).map((row) => row.ciId),
        'what was removed is not listed',
      ).to.deep.equal([1, 3]);
      expect((await database.counts()).softwareUpdates).to.equal(3);
    });

    it('finds all of one number, those of more than one list too, in order and page by page', async () => {
      const numbers = Array.from({ length: 450 }, (_unused, index) => index + 1);
      const articleOf = (number: number): string => (number % 2 === 0 ? '2267602' : number === 1 ? '' : '5000001');
      await database.commit({
        revisions: numbers.map((number) => sampleRevision(number, { articleId: articleOf(number) })),
      });
      const keys = await database.updateKeys(numbers.map(guidOf));
      await database.commit({
        softwareUpdates: numbers.map((number) =>
          sampleUpdate(1000 - number, {
            updateKey: keys.get(guidOf(number)) ?? 0,
            revisionId: number,
            isHidden: number === 2,
          }),
        ),
      });
      const ids = async (query: Partial<UpdateQuery>): Promise<number[]> =>
        (await database.updates({ wildcard: false, ...query })).map(({ ciId }) => ciId);
      const expected = numbers
        .filter((number) => number % 2 === 0 && number !== 2)
        .map((number) => 1000 - number)
        .reverse();
      expect(await ids({ articleId: '2267602' })).to.deep.equal(expected);
      expect(await ids({ articleId: '2267602', after: expected[9] ?? 0, limit: 3 })).to.deep.equal(
        expected.slice(10, 13),
      );
      expect(await ids({ articleId: '2267602', ciId: expected[4] ?? 0 })).to.deep.equal([expected[4]]);
      expect(await ids({ articleId: '2267602', ciId: 999 })).to.deep.equal([]);
      expect(await ids({ articleId: '5000001', ciIds: expected })).to.deep.equal([]);
      const newest = { by: 'firstCreated', descending: true } as const;
      expect(await ids({ articleId: '2267602', order: newest, skip: 1, limit: 2 })).to.have.length(2);
      expect(await ids({ articleId: '' })).to.deep.equal([999]);
      expect(await ids({ articleId: '226?602', wildcard: true })).to.deep.equal(expected);
      expect(await ids({ articleId: '226?602' })).to.deep.equal([]);
      expect(await ids({ articleId: '1' })).to.deep.equal([]);
    });

    it('gives the KB numbers of the newest, without those that are hidden or removed', async () => {
      const numbers = Array.from({ length: 450 }, (_unused, index) => index + 1);
      const createdOf = (number: number): number => 1000 + ((number * 7) % 450);
      const articleOf = (number: number): string => (number % 5 === 0 ? '' : `${5_000_000 + number}`);
      await database.commit({
        revisions: numbers.map((number) =>
          sampleRevision(number, { articleId: articleOf(number), created: createdOf(number) }),
        ),
      });
      const keys = await database.updateKeys(numbers.map(guidOf));
      await database.commit({
        softwareUpdates: numbers.map((number) =>
          sampleUpdate(number, {
            updateKey: keys.get(guidOf(number)) ?? 0,
            revisionId: number,
            isHidden: number % 9 === 0,
            isRemoved: number % 10 === 0,
          }),
        ),
      });
      const newest = numbers
        .filter((number) => number % 9 !== 0 && number % 10 !== 0)
        .sort((one, other) => createdOf(other) - createdOf(one))
        .map(articleOf);
      expect(await database.newestArticles(250)).to.deep.equal(newest.slice(0, 250));
      expect(await database.newestArticles(1000)).to.deep.equal(newest);
      expect(await database.newestArticles(0)).to.deep.equal([]);
    });

    it('keeps and removes software updates', async () => {
      await database.commit({ revisions: [sampleRevision(1), sampleRevision(2)] });
      const rows = [
        sampleUpdate(16_777_217, { updateKey: await keyOf(1), revisionId: 1, isBundle: true }),
        sampleUpdate(16_777_218, { updateKey: await keyOf(2), revisionId: 2, isHidden: true }),
      ];
      await database.commit({ softwareUpdates: rows });
      expect(await database.allSoftwareUpdates()).to.deep.equal(rows);
      expect([...(await database.softwareUpdatesByUpdate([await keyOf(2), 999])).values()]).to.deep.equal([rows[1]]);
      expect((await database.updates({ wildcard: false })).map((row) => row.ciId)).to.deep.equal([16_777_217]);
      await database.commit({ removedSoftwareUpdates: [16_777_217] });
      expect((await database.allSoftwareUpdates()).map((row) => row.ciId)).to.deep.equal([16_777_218]);
      expect((await database.nextIds()).softwareUpdate).to.equal(16_777_219);
    });

    it('keeps what was said of an update whatever is put afterwards, and never lets its version fall', async () => {
      await database.commit({ revisions: [sampleRevision(1), sampleRevision(1, { revisionNumber: 2 })] });
      const row = sampleUpdate(16_777_217, { updateKey: await keyOf(1), revisionId: 1, ciVersion: 5, modified: 100 });
      await database.commit({
        softwareUpdates: [row],
        overrides: [{ ciId: row.ciId, customSeverity: 8, maxExecutionSeconds: undefined, modified: 90 }],
      });
      await database.commit({
        overrides: [
          { ciId: row.ciId, customSeverity: undefined, maxExecutionSeconds: 61, modified: 200 },
          { ciId: 99, customSeverity: 1, maxExecutionSeconds: 1, modified: 1 },
        ],
      });
      const said = { ...row, customSeverity: 8, maxExecutionSeconds: 61, ciVersion: 7, modified: 200 };
      expect(await database.allSoftwareUpdates()).to.deep.equal([said]);
      await database.commit({ softwareUpdates: [{ ...row, isDeclined: true, standing: 2 }] });
      expect(await database.allSoftwareUpdates(), 'nothing changed that commands show').to.deep.equal([
        { ...said, isDeclined: true, standing: 2 },
      ]);
      await database.commit({ softwareUpdates: [{ ...row, revisionId: 2, ciVersion: 6, modified: 150 }] });
      expect(await database.allSoftwareUpdates()).to.deep.equal([
        { ...said, revisionId: 2, revisionNumber: 2, ciVersion: 8 },
      ]);
      await database.commit({
        softwareUpdates: [{ ...row, revisionId: 2, isRemoved: true, ciVersion: 9, modified: 300 }],
      });
      expect((await database.allSoftwareUpdates())[0]).to.include({
        ciVersion: 9,
        modified: 300,
        isRemoved: true,
        customSeverity: 8,
      });
      expect(
        (await database.updates({ ciIds: [1, row.ciId], wildcard: false })).map((found) => found.ciId),
      ).to.deep.equal([]);
    });

    it('gives the date of the oldest revision as the first one, in whatever order they come', async () => {
      const at = (revisionNumber: number, created: number): ReturnType<typeof sampleRevision> =>
        sampleRevision(1, { revisionNumber, created });
      await database.commit({ revisions: [at(2, 2000)] });
      await database.commit({ revisions: [at(1, 1000)] });
      await database.commit({ softwareUpdates: [sampleUpdate(100, { updateKey: await keyOf(1), revisionId: 1 })] });
      expect((await database.updates({ wildcard: false })).map((row) => [row.firstCreated, row.revised])).to.deep.equal(
        [[1000, 2000]],
      );
    });

    it('treats LIKE signs and backslashes in names as themselves', async () => {
      const titles = ['100% sure', 'a_b', 'aXb', 'c:\\d', '100 sure'];
      await database.commit({ revisions: titles.map((title, index) => sampleRevision(index + 1, { title })) });
      const keys = await database.updateKeys(titles.map((_title, index) => guidOf(index + 1)));
      await database.commit({
        softwareUpdates: [...keys.values()].map((updateKey, index) =>
          sampleUpdate(index + 1, { updateKey, revisionId: index + 1 }),
        ),
      });
      const found = async (text: string): Promise<string[]> =>
        (await database.updates({ name: text, wildcard: true })).map((row) => row.title);
      expect(await found('100%*')).to.deep.equal(['100% sure']);
      expect(await found('a_?')).to.deep.equal(['a_b']);
      expect(await found('C:\\*')).to.deep.equal(['c:\\d']);
      expect(await found('A?B')).to.deep.equal(['a_b', 'aXb']);
    });
  });
}
