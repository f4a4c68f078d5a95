import { expect } from 'chai';
import { keepCategories } from '../../server/store/keepCategories.js';
import type { CategoryRow } from '../../server/store/rows.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { sampleCategory } from './sampleRows.js';

const ROW = sampleCategory(1, { updateKey: 1, updateId: guidOf(1), revisionId: 1, title: 'Windows 11' });

describe('the categories of a database', () => {
  it('are read once until they change, and again where they could not be read', async () => {
    let reads = 0;
    let stored: readonly CategoryRow[] = [];
    const kept = keepCategories({
      categories: async () => {
        reads += 1;
        return reads === 1 ? Promise.reject(new TypeError('no connection')) : Promise.resolve(stored);
      },
      commit: async ({ categories }) => {
        stored = categories ?? stored;
        return Promise.resolve();
      },
    });
    expect(await kept.categories().catch((error: unknown) => String(error))).to.equal('TypeError: no connection');
    expect(await kept.categories()).to.deep.equal([]);
    await kept.commit({ settings: { other: 1 } });
    expect(await kept.categories()).to.deep.equal([]);
    expect(reads).to.equal(2);
    await kept.commit({ categories: [ROW] });
    expect(await kept.categories()).to.deep.equal([ROW]);
    expect(reads).to.equal(3);
  });

  it('that are read while a change waits for its turn are read again', async () => {
    let stored: readonly CategoryRow[] = [];
    let apply: () => void = () => undefined;
    const kept = keepCategories({
      categories: async () => Promise.resolve(stored),
      commit: async ({ categories = [] }) =>
        new Promise((resolve) => {
          apply = () => {
            stored = categories;
            resolve();
          };
        }),
    });
    const committed = kept.commit({ categories: [ROW] });
    expect(await kept.categories()).to.deep.equal([]);
    apply();
    await committed;
    expect(await kept.categories()).to.deep.equal([ROW]);
  });
});
