import { expect } from 'chai';
import { formatSummary, formatValue } from './formatFigure.js';

describe('a figure of the bench', () => {
  it('is given in the unit in which it says most', () => {
    const texts = [0, 18_432, 49_999, 99_949, 100_000, 217_000_000].map((value) => formatValue(value, 'bytes'));
    expect(texts).to.deep.equal(['0.0 KB', '18.4 KB', '50.0 KB', '99.9 KB', '0.1 MB', '217.0 MB']);
    expect(formatSummary({ median: 60_000, lowest: 50_000, highest: 200_000 }, 'bytes')).to.equal(
      '60.0 KB (50.0 KB to 0.2 MB)',
    );
    expect([formatValue(99.94, 'ms'), formatValue(1500, 'ms'), formatValue(3, 'documents')]).to.deep.equal([
      '99.9 ms',
      '1.50 s',
      '3',
    ]);
    expect(formatValue(1.049, 'ratio')).to.equal('1.05');
  });
});
