import { expect } from 'chai';
import fc from 'fast-check';
import type { Run, RunChangesRequest, RunChangesResult, UpdateChange } from '../../server/contract/generated/types.js';
import { decodeRunChanges, encodeRunChanges } from '../../server/store/runChanges.js';
import { testSite } from '../engine/TestSite.js';
import { OFFICE_2019, SECURITY, update, WINDOWS_10 } from '../engine/catalogue.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { guidOf } from '../fixtures/updateDocuments.js';

describe('What a run changed', () => {
  const site = testSite();
  const page = async (params: RunChangesRequest): Promise<RunChangesResult> =>
    site().service['run/changes'](params, site().request());
  const shown = async (run: Run): Promise<string[]> =>
    (await page({ id: run.Id })).changes.map(
      (change) => `${change.LocalizedDisplayName}: ${change.Changes.join(', ')}`,
    );
  const counted = (changes: readonly UpdateChange[]): Record<string, number> =>
    Object.fromEntries(
      (['New', 'Revised', 'Expired', 'Superseded', 'Removed'] as const).map((kind) => [
        kind,
        changes.filter((change) => change.Changes.includes(kind)).length,
      ]),
    );

  it('is told update by update, and agrees with its counts', async () => {
    site().clock = Date.UTC(2024, 1, 10);
    site().source.put(update(1), update(2), update(3, { supersedes: [guidOf(2)] }), update(4));
    const first = await site().sync();
    expect(await shown(first)).to.deep.equal([
      'Update 1: New',
      'Update 2: New, Superseded',
      'Update 3: New',
      'Update 4: New',
    ]);
    const nothing = await site().sync();
    expect(await page({ id: nothing.Id })).to.deep.equal({ changes: [], next: null, isRecorded: true });
    site().source.put(
      { ...update(1), revision: 2 },
      { ...update(4), revision: 2, publicationState: 'Expired' },
      update(5, { supersedes: [guidOf(3)] }),
    );
    const second = await site().sync();
    expect(await shown(second)).to.deep.equal([
      'Update 1: Revised',
      'Update 3: Superseded',
      'Update 4: Expired',
      'Update 5: New',
    ]);
    site().clock += 30 * 24 * 3600 * 1000;
    const third = await site().sync();
    expect(await shown(third)).to.deep.equal(['Update 4: Removed']);
    for (const run of [first, second, third]) {
      const { changes } = await page({ id: run.Id });
      const { New, Revised, Expired, Superseded, Removed } = run.Counts;
      expect(counted(changes), `run ${run.Id}`).to.deep.equal({ New, Revised, Expired, Superseded, Removed });
    }
    const revised = (await page({ id: second.Id, kind: ['Revised'] })).changes;
    expect(revised).to.have.length(1);
    expect(revised[0]).to.deep.include({ RunId: second.Id, CI_UniqueID: guidOf(1), RevisionNumber: 2 });
    const [known] = await site().updates({ ids: [revised[0]?.CI_ID ?? 0] });
    const { SeverityName, Product, Classification, DatePosted, LocalizedInformativeURL } = known ?? {};
    expect(Product).to.not.equal('');
    expect(revised[0]).to.deep.include({
      SeverityName,
      Product,
      Classification,
      DatePosted,
      LocalizedInformativeURL,
    });
  });

  it('comes in pages', async () => {
    site().source.put(...Array.from({ length: 7 }, (_unused, index) => update(index + 1)));
    const { Id } = await site().sync();
    const ids: number[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const next: RunChangesResult = await page({ id: Id, pageSize: 3, after });
      ids.push(...next.changes.map((change) => change.CI_ID));
      after = next.next;
    }
    expect(ids).to.deep.equal(Array.from({ length: 7 }, (_unused, index) => 16_777_217 + index));
    expect(await rejectionOf(page({ id: Id + 1 }))).to.equal('RunNotFound');
  });

  it('is filtered by product and severity, also over pages', async () => {
    await site().set({ allProducts: true, allClassifications: true });
    site().source.put(
      ...Array.from({ length: 9 }, (_unused, index) =>
        update(index + 1, {
          categories: [[WINDOWS_10, OFFICE_2019][index % 2] ?? '', SECURITY],
          severity: ['', 'Critical', 'Important'][index % 3] ?? '',
        }),
      ),
    );
    const { Id } = await site().sync();
    const numbers = async (params: Omit<RunChangesRequest, 'id'>): Promise<number[]> => {
      const ids: number[] = [];
      let after: number | null = 0;
      while (after !== null) {
        const next: RunChangesResult = await page({ id: Id, pageSize: 2, ...params, after });
        expect(next.changes.length).to.be.at.most(2);
        ids.push(...next.changes.map((change) => change.CI_ID - 16_777_216));
        after = next.next;
      }
      return ids;
    };
    expect(await numbers({ product: ['windows 10'] })).to.deep.equal([1, 3, 5, 7, 9]);
    expect(await numbers({ product: ['Windows*', 'Office 2019'], kind: ['New'] })).to.have.length(9);
    expect(await numbers({ severity: 'Critical' })).to.deep.equal([2, 5, 8]);
    expect(await numbers({ severity: 'None', product: ['Office*'] })).to.deep.equal([4]);
    expect(await numbers({ product: ['Windows'] })).to.deep.equal([]);
  });

  it('says that a run of an older version is not recorded', async () => {
    site().source.put(update(1));
    const run = await site().sync();
    await site().database.commit({
      run: { id: run.Id + 1, state: run.State, json: JSON.stringify({ ...run, Id: run.Id + 1 }) },
    });
    expect(await page({ id: run.Id + 1 })).to.deep.equal({ changes: [], next: null, isRecorded: false });
  });

  it('is forgotten after a thousand runs', async () => {
    const changes = [{ ciId: 5, kinds: 1 }];
    for (const run of [1, 2, 1001]) await site().database.commit({ runChanges: { run, changes } });
    expect(
      await Promise.all([1, 2, 1001].map(async (run) => (await site().database.runChanges(run)).length)),
    ).to.deep.equal([0, 1, 1]);
  });

  it('is packed without loss, the last part first in what it says, in about two bytes an update', () => {
    const change = fc.record({
      ciId: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
      kinds: fc.integer({ min: 0, max: 31 }),
    });
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(change, { selector: ({ ciId }) => ciId })), (parts) => {
        const expected = new Map(parts.flat().map(({ ciId, kinds }) => [ciId, kinds]));
        const found = decodeRunChanges(parts.map(encodeRunChanges));
        expect(new Map(found.map(({ ciId, kinds }) => [ciId, kinds]))).to.deep.equal(
          new Map([...expected].filter(([, kinds]) => kinds > 0)),
        );
        expect(found.map(({ ciId }) => ciId)).to.deep.equal(found.map(({ ciId }) => ciId).sort((a, b) => a - b));
      }),
    );
    expect(
      encodeRunChanges(Array.from({ length: 10_000 }, (_unused, index) => ({ ciId: 16_777_217 + index, kinds: 1 })))
        .length,
    ).to.be.below(20_010);
  });
});
