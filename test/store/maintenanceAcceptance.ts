import { expect } from 'chai';
import { FLAG, KIND } from '../../server/store/rows.js';
import type { RevisionRemoval } from '../../server/store/SiteChanges.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { relation, sampleCategory, sampleRevision, sampleUpdate } from './sampleRows.js';

const ALL = { from: 1, to: 1000 };

/** What every SiteDatabase tells and does for maintenance; `open` gives an empty one. */
export function maintenanceAcceptance(name: string, open: () => Promise<SiteDatabase>): void {
  describe(`${name} under maintenance`, () => {
    let database: SiteDatabase;
    beforeEach(async () => {
      database = await open();
    });
    afterEach(async () => database.close());
    const keyOf = async (number: number): Promise<number> =>
      (await database.updateKeys([guidOf(number)])).get(guidOf(number)) ?? -1;
    const identity = (number: number, revisionNumber = 1): { updateId: string; revisionNumber: number } => ({
      updateId: guidOf(number),
      revisionNumber,
    });

    it('tells old revisions from the latest, current and young ones, range by range', async () => {
      const category = { kind: KIND.category, categoryType: 'Product' };
      await database.commit({
        revisions: [
          sampleRevision(1),
          sampleRevision(1, { revisionNumber: 2 }),
          sampleRevision(1, { revisionNumber: 3 }),
          sampleRevision(2, { stored: 50 }),
          sampleRevision(2, { revisionNumber: 2 }),
          sampleRevision(3, category),
          sampleRevision(3, { ...category, revisionNumber: 2 }),
          sampleRevision(3, { ...category, revisionNumber: 3 }),
        ],
      });
      await database.commit({
        softwareUpdates: [sampleUpdate(100, { updateKey: await keyOf(1), revisionId: 2 })],
        categories: [sampleCategory(7, { updateKey: await keyOf(3), updateId: guidOf(3), revisionId: 7, title: 'p' })],
      });
      expect(await database.oldRevisions(ALL, 49)).to.deep.equal([
        { revisionId: 1, updateKey: await keyOf(1), revisionNumber: 1 },
        { revisionId: 6, updateKey: await keyOf(3), revisionNumber: 1 },
      ]);
      expect((await database.oldRevisions(ALL, 50)).map((row) => row.revisionId)).to.deep.equal([1, 4, 6]);
      expect((await database.oldRevisions({ from: 2, to: 6 }, 50)).map((row) => row.revisionId)).to.deep.equal([4, 6]);
    });

    it('tells updates that nothing refers to from others', async () => {
      await database.commit({
        revisions: [
          sampleRevision(1, { flags: 0 }),
          sampleRevision(2, { flags: 0 }),
          sampleRevision(3, { flags: FLAG.explicitlyDeployable }),
          sampleRevision(4, { flags: 0, kind: KIND.detectoid }),
          sampleRevision(5, { flags: 0 }),
          sampleRevision(6, { relations: [relation('bundled', guidOf(5), 9)] }),
          sampleRevision(7, { flags: 0, stored: 50 }),
        ],
      });
      await database.commit({ softwareUpdates: [sampleUpdate(100, { updateKey: await keyOf(2), revisionId: 2 })] });
      expect(await database.unreferencedUpdates(ALL, 49)).to.deep.equal([await keyOf(1)]);
    });

    it('tells which revisions name updates', async () => {
      await database.commit({
        revisions: [
          sampleRevision(1, {
            relations: [
              relation('bundled', guidOf(3), 2),
              relation('prerequisite', guidOf(4)),
              relation('category', guidOf(5)),
              relation('superseded', guidOf(3)),
              relation('superseded', guidOf(1)),
              relation('superseded', guidOf(6)),
            ],
          }),
          sampleRevision(3),
          sampleRevision(6),
        ],
      });
      const [one, three, four, five] = [await keyOf(1), await keyOf(3), await keyOf(4), await keyOf(5)];
      expect(await database.namingsOf([three, four, five])).to.have.deep.members([
        { revisionId: 1, owner: one, updateKey: three, revisionNumber: 2 },
        { revisionId: 1, owner: one, updateKey: five, revisionNumber: 0 },
      ]);
      expect(await database.prerequisites(ALL)).to.deep.equal([
        { revisionId: 1, owner: one, updateKey: four, revisionNumber: 0 },
      ]);
      expect(await database.supersededBy([one]), 'it is no software update yet').to.deep.equal([]);
      await database.commit({
        softwareUpdates: [
          sampleUpdate(100, { updateKey: one, revisionId: 1 }),
          sampleUpdate(101, { updateKey: three, revisionId: 2 }),
        ],
      });
      expect(await database.supersededBy([one, three])).to.deep.equal([{ update: three, by: one }]);
      expect(await database.revisionsOf([three])).to.deep.equal([
        { revisionId: 2, updateKey: three, revisionNumber: 1, stored: 0, isDeployable: true, isUpdate: true },
      ]);
    });

    it('declines without touching anything else, page by page', async () => {
      await database.commit({ revisions: [1, 2, 3, 4].map((number) => sampleRevision(number)) });
      const rows = await Promise.all(
        [1, 2, 3, 4].map(async (number) =>
          sampleUpdate(100 + number, {
            updateKey: await keyOf(number),
            revisionId: number,
            isRemoved: number > 1,
            isExpired: number > 1,
            customSeverity: 8,
          }),
        ),
      );
      await database.commit({ softwareUpdates: rows });
      expect(
        (await database.removedUpdates({ isDeclined: false, after: 102, limit: 1 })).map((row) => row.ciId),
      ).to.deep.equal([103]);
      await database.commit({ declinedUpdates: { ciIds: [102, 104], time: 700 } });
      expect(
        (await database.removedUpdates({ isDeclined: false, after: 0, limit: 9 })).map((row) => row.ciId),
      ).to.deep.equal([103]);
      expect(await database.removedUpdates({ isDeclined: true, after: 0, limit: 9 })).to.deep.equal(
        [rows[1], rows[3]].map((row) => ({ ...row, isDeclined: true, modified: 700 })),
      );
      expect([await database.declinedSince(699), await database.declinedSince(700)]).to.deep.equal([
        [],
        [await keyOf(2), await keyOf(4)],
      ]);
    });

    it('removes revisions with what they say, and knows them afterwards where it is told to', async () => {
      await database.commit({
        revisions: [
          sampleRevision(1, { relations: [relation('bundled', guidOf(3), 1)] }),
          sampleRevision(1, { revisionNumber: 2 }),
          sampleRevision(2),
          sampleRevision(9),
        ],
      });
      const removal = async (
        revisionId: number,
        number: number,
        isKnown: boolean,
      ): Promise<{ revisionId: number; updateKey: number; revisionNumber: number; isKnown: boolean }> => ({
        revisionId,
        updateKey: await keyOf(number),
        revisionNumber: 1,
        isKnown,
      });
      await database.commit({ removedRevisions: [await removal(1, 1, true), await removal(3, 2, false)] });
      expect(await database.missingRevisions([identity(1), identity(1, 2), identity(2), identity(9)])).to.deep.equal([
        identity(2),
      ]);
      expect(await database.namingsOf([await keyOf(3)])).to.deep.equal([]);
      expect((await database.counts()).revisions).to.equal(2);
      await database.commit({ revisions: [sampleRevision(1, { title: 'again' })] });
      await database.commit({ removedRevisions: [{ ...(await removal(5, 1, false)), revisionNumber: 1 }] });
      expect(
        await database.missingRevisions([identity(1)]),
        'what was stored again is not known for having been removed',
      ).to.deep.equal([identity(1)]);
    });

    it('keeps a description as long as a revision has it, and stores it again when it comes back', async () => {
      const removal = async (number: number): Promise<RevisionRemoval> => ({
        revisionId: number,
        updateKey: await keyOf(number),
        revisionNumber: 1,
        isKnown: false,
      });
      const stored = async (): Promise<unknown[]> => [
        (await database.tableCounts()).description,
        await database.danglingReferences('revision', { from: 1, to: 99 }),
      ];
      const description = 'Comes and goes';
      await database.commit({ revisions: [sampleRevision(1, { description }), sampleRevision(2, { description })] });
      await database.commit({ removedRevisions: [await removal(1)] });
      expect(await stored()).to.deep.equal([1, []]);
      await database.commit({ removedRevisions: [await removal(2)] });
      expect(await stored()).to.deep.equal([0, []]);
      await database.commit({ revisions: [sampleRevision(3, { description })] });
      expect(await stored()).to.deep.equal([1, []]);
    });

    it('forgets removed updates of which nothing is stored', async () => {
      await database.commit({
        revisions: [sampleRevision(1), sampleRevision(1, { revisionNumber: 2 }), sampleRevision(2)],
      });
      const [one, two] = [await keyOf(1), await keyOf(2)];
      await database.commit({
        removedRevisions: [
          { revisionId: 1, updateKey: one, revisionNumber: 1, isKnown: true },
          { revisionId: 3, updateKey: two, revisionNumber: 1, isKnown: true },
        ],
      });
      expect(await database.missingRevisions([identity(1), identity(2)])).to.deep.equal([]);
      await database.commit({ forgetsObsolete: true });
      expect(await database.missingRevisions([identity(1), identity(2)])).to.deep.equal([identity(2)]);
    });

    it('tells where documents lie and which stream they belong to', async () => {
      await database.commit({ revisions: [sampleRevision(1), sampleRevision(2, { kind: KIND.category })] });
      expect(await database.documentsIn({ from: 1, to: 2 })).to.deep.equal([
        { revisionId: 1, isConfiguration: false, location: sampleRevision(1).location },
        { revisionId: 2, isConfiguration: true, location: sampleRevision(2).location },
      ]);
      expect(await database.documentsIn({ from: 1, to: 1 })).to.have.length(1);
    });
  });
}
