import { expect } from 'chai';
import { toColumns } from '../../server/api/toSoftwareUpdate.js';

describe('toColumns', () => {
  it('says once what all objects share, lists of plain values too, and lists the rest in order', () => {
    const shared = { a: '', list: ['x', 'y'], none: null };
    expect(
      toColumns([
        { ...shared, id: 1, date: null, tags: [] },
        { ...shared, list: ['x', 'y'], id: 2, date: 'd', tags: ['t'] },
      ]),
    ).to.deep.equal({
      count: 2,
      constant: shared,
      values: { id: [1, 2], date: [null, 'd'], tags: [[], ['t']] },
    });
  });

  it('keeps lists of objects apart, and takes no object at all', () => {
    expect(toColumns([{ a: [{ b: 1 }] }, { a: [{ b: 1 }] }]).values).to.have.property('a');
    expect(toColumns([])).to.deep.equal({ count: 0, constant: {}, values: {} });
  });
});
