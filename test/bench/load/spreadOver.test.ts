import { expect } from 'chai';
import { spreadOver } from './spreadOver.js';

describe('spreadOver', () => {
  const items = Array.from({ length: 10 }, (_unused, number) => number);

  it('takes items from everywhere, and others in the next turn', () => {
    expect(spreadOver(items, 3, 0)).to.deep.equal([0, 3, 6]);
    expect(spreadOver(items, 3, 1)).to.deep.equal([1, 4, 7]);
    expect(spreadOver(items, 3, 9)).to.deep.equal([9, 2, 5]);
  });

  it('takes each item once at most', () => {
    expect(new Set(spreadOver(items, 10, 4)).size).to.equal(10);
    expect(spreadOver(items, 12, 0)).to.deep.equal(items);
    expect(spreadOver([], 3, 0)).to.deep.equal([]);
  });
});
