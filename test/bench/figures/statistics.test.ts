import { expect } from 'chai';
import fc from 'fast-check';
import { medianOf, pairedRatio, shareOfGreater, summaryOf, verdictOf } from './statistics.js';

const values = fc.array(fc.double({ min: 0.5, max: 1000, noNaN: true }), { minLength: 4, maxLength: 12 });

describe('bench statistics', () => {
  it('find the middle and the ends', () => {
    expect(summaryOf([3, 1, 2])).to.deep.equal({ median: 2, lowest: 1, highest: 3 });
    expect(medianOf([4, 1, 2, 3])).to.equal(2.5);
    expect(medianOf([10, 9, 100])).to.equal(10);
  });

  it('compare what ran side by side', () => {
    // The machine became twice as slow half way: each pair still says the same.
    expect(pairedRatio([11, 11, 22, 22, 22], [10, 10, 20, 20, 20])).to.be.closeTo(1.1, 1e-9);
    expect(pairedRatio([0, 0], [0, 0])).to.equal(1);
    expect(pairedRatio([5], [0])).to.equal(Number.POSITIVE_INFINITY);
  });

  it('tell a change only beyond the spread', () => {
    expect(verdictOf([5, 5.1, 5.2, 5.3, 5.4], [4, 4.1, 4.2, 4.3, 4.9])).to.equal('worse');
    expect(verdictOf([4, 4.1, 4.2, 4.3, 4.9], [5, 5.1, 5.2, 5.3, 5.4])).to.equal('better');
    expect(verdictOf([5, 4, 5, 4, 5], [4, 5, 4, 5, 4])).to.equal('within the spread');
    // Two of 25 comparisons may point the other way, three may not.
    expect(verdictOf([10, 10, 10, 10, 7], [9, 9, 5, 5, 5])).to.equal('worse');
    expect(verdictOf([10, 10, 10, 10, 7], [9, 9, 9, 5, 5])).to.equal('within the spread');
  });

  it('tell no change that nobody cares for', () => {
    expect(verdictOf([101, 101, 101, 101], [100, 100, 100, 100])).to.equal('within the spread');
    expect(verdictOf([103, 103, 103, 103], [100, 100, 100, 100])).to.equal('worse');
    expect(verdictOf([7, 7, 7, 7], [7, 7, 7, 7])).to.equal('within the spread');
  });

  it('do not judge by three pairs', () => {
    expect(verdictOf([9, 9, 9], [1, 1, 1])).to.equal('too few pairs');
    expect(verdictOf([9, 9, 9, 9], [1, 1, 1, 1])).to.equal('worse');
  });

  it('say the opposite when the sides change places', () => {
    fc.assert(
      fc.property(values, values, (here, there) => {
        expect(shareOfGreater(here, there) + shareOfGreater(there, here)).to.be.closeTo(1, 1e-9);
        expect([verdictOf(here, there), verdictOf(there, here)].filter((one) => one === 'worse').length).to.be.below(2);
      }),
    );
  });
});
