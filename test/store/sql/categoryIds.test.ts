import { expect } from 'chai';
import { CategoryIds } from '../../../server/store/sql/CategoryIds.js';

describe('Ids of categories', () => {
  it('are kept once, whoever has looked', () => {
    const ids = new CategoryIds();
    expect(ids.note([2, 5], { from: 0, highest: 7 })).to.equal(true);
    expect(ids.note([2, 5], { from: 0, highest: 7 })).to.equal(true);
    expect(ids.note([9], { from: 7, highest: 8 })).to.equal(true);
    expect([ids.ids, ids.upTo]).to.deep.equal([[2, 5, 9], 9]);
  });

  it('are looked for from the begin where they were forgotten meanwhile', () => {
    const ids = new CategoryIds();
    ids.note([2, 5], { from: 0, highest: 7 });
    const before = ids.ids;
    ids.forget();
    expect(ids.note([9], { from: 7, highest: 9 })).to.equal(false);
    expect([ids.ids, ids.upTo, before]).to.deep.equal([[], 0, [2, 5]]);
    expect(ids.note([3, 9], { from: 0, highest: 9 })).to.equal(true);
    expect(ids.ids).to.deep.equal([3, 9]);
  });
});
