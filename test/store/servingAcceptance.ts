import { expect } from 'chai';
import { KIND } from '../../server/store/rows.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { relation, sampleRevision, sampleUpdate } from './sampleRows.js';

/** What every SiteDatabase answers to the server role; `open` gives an empty one. */
export function servingAcceptance(name: string, open: () => Promise<SiteDatabase>): void {
  describe(`${name} for downstream servers`, () => {
    let database: SiteDatabase;
    beforeEach(async () => {
      database = await open();
    });
    afterEach(async () => database.close());
    const keyOf = async (number: number): Promise<number> =>
      (await database.updateKeys([guidOf(number)])).get(guidOf(number)) ?? -1;
    const all = { from: 1, to: 100 };

    it('counts revisions, removed ones too', async () => {
      expect(await database.highestRevision()).to.equal(0);
      await database.commit({ revisions: [sampleRevision(1), sampleRevision(2)] });
      expect(await database.highestRevision()).to.equal(2);
      for (const revisionId of [2, 1])
        await database.commit({
          removedRevisions: [{ revisionId, updateKey: await keyOf(revisionId), revisionNumber: 1, isKnown: false }],
        });
      expect([
        await database.highestRevision(),
        (await database.nextIds()).revision,
        (await database.counts()).revisions,
      ]).to.deep.equal([2, 3, 0]);
      await database.commit({ revisions: [sampleRevision(3)] });
      expect((await database.storedDocuments(0, 10)).map((stored) => stored.revisionId)).to.deep.equal([3]);
    });

    it('tells configuration from updates, and the categories of each update', async () => {
      await database.commit({
        revisions: [
          sampleRevision(50, { kind: KIND.category }),
          sampleRevision(60, { kind: KIND.detectoid }),
          sampleRevision(1, { relations: [relation('category', guidOf(50)), relation('category', guidOf(51), 0, 1)] }),
          sampleRevision(2),
          sampleRevision(50, { kind: KIND.category, revisionNumber: 2, relations: [relation('category', guidOf(52))] }),
          sampleRevision(3, { kind: KIND.other }),
        ],
      });
      expect(await database.configurationIn(all)).to.deep.equal([1, 2, 5]);
      expect(await database.configurationIn({ from: 2, to: 4 })).to.deep.equal([2]);
      expect(await database.membershipsIn(all, 100)).to.deep.equal([
        { revisionId: 3, categoryKey: await keyOf(50) },
        { revisionId: 3, categoryKey: await keyOf(51) },
        { revisionId: 4, categoryKey: null },
        { revisionId: 6, categoryKey: null },
      ]);
      expect(await database.categoryEdges()).to.deep.equal([{ parent: await keyOf(52), child: await keyOf(50) }]);
    });

    it('gives the latest revision of an update as it was at a count', async () => {
      await database.commit({
        revisions: [
          sampleRevision(1),
          sampleRevision(1, { revisionNumber: 3 }),
          sampleRevision(1, { revisionNumber: 2 }),
        ],
      });
      const at = async (until: number): Promise<number[]> =>
        (await database.membershipsIn({ from: 1, to: until }, until)).map((row) => row.revisionId);
      expect([await at(1), await at(2), await at(3)]).to.deep.equal([[1], [2], [2]]);
    });

    it('knows what revisions need: latest prerequisites and exact children, not configuration', async () => {
      await database.commit({
        revisions: [
          sampleRevision(1, {
            relations: [
              relation('bundled', guidOf(2), 1),
              relation('bundled', guidOf(3), 9, 1),
              relation('prerequisite', guidOf(4), 0, 0),
              relation('prerequisite', guidOf(60), 0, 1),
            ],
          }),
          sampleRevision(2),
          sampleRevision(2, { revisionNumber: 2 }),
          sampleRevision(4),
          sampleRevision(4, { revisionNumber: 2 }),
          sampleRevision(60, { kind: KIND.detectoid }),
        ],
      });
      expect([...(await database.neededBy([1, 2, 3]))]).to.deep.equal([[1, [5, 2]]]);
      expect([await database.bundling([2, 3]), await database.bundling([3])]).to.deep.equal([[1], []]);
    });

    it('finds identities, documents and current revisions', async () => {
      await database.commit({
        revisions: [
          sampleRevision(1),
          sampleRevision(1, { revisionNumber: 4, location: { segment: 7, position: 8, length: 9 } }),
        ],
      });
      expect([...(await database.identitiesOf([2, 99, 1]))].sort(([a], [b]) => a - b)).to.deep.equal([
        [1, { updateId: guidOf(1), revisionNumber: 1 }],
        [2, { updateId: guidOf(1), revisionNumber: 4 }],
      ]);
      const [missing, found] = await database.documentsOf([
        { updateId: guidOf(1), revisionNumber: 2 },
        { updateId: guidOf(1).toUpperCase(), revisionNumber: 4 },
      ]);
      expect([missing, found]).to.deep.equal([
        undefined,
        { updateId: guidOf(1), revisionNumber: 4, revisionId: 2, location: { segment: 7, position: 8, length: 9 } },
      ]);
      expect(await database.currentRevisions([guidOf(9), guidOf(1)])).to.deep.equal([
        { updateId: guidOf(1), revisionNumber: 4 },
      ]);
    });

    it('names the declined updates', async () => {
      await database.commit({ revisions: [sampleRevision(1), sampleRevision(2)] });
      await database.commit({
        softwareUpdates: [
          sampleUpdate(100, { updateKey: await keyOf(1), revisionId: 1, isDeclined: true }),
          sampleUpdate(101, { updateKey: await keyOf(2), revisionId: 2 }),
        ],
      });
      const declined = await database.declinedUpdates(0, 10);
      expect(declined.map((update) => update.updateId)).to.deep.equal([guidOf(1)]);
      expect(await database.declinedUpdates(declined[0]?.ciId ?? 0, 10)).to.deep.equal([]);
    });
  });
}
