import { expect } from 'chai';
import { isEarlierAnchor } from '../../server/criteria/anchors.js';
import { missingCategories } from '../../server/criteria/mistrust.js';

describe('isEarlierAnchor', () => {
  const TABLE: readonly [string, string, boolean][] = [
    ['7,2024-01-01 00:00:10.000', '7,2024-01-01 00:00:10.001', true],
    ['9,2024-01-01 00:00:10.000', '7,2024-01-01 00:00:10.000', false],
    ['2024-01-01 00:00:10.000', '7,2024-01-02 00:00:00.000', true],
    ['7,2024-01-02 00:00:00.000', '9,2024-01-01 00:00:00.000', false],
    ['7,2024-01-01 00:00:10', '7,2024-01-01 00:00:10.5', true],
    ['7,2024-01-01 00:00:10.20', '7,2024-01-01 00:00:10.3', true],
    ['', '7,2024-01-01 00:00:10.000', false],
    ['7,2024-01-01 00:00:10.000', '', false],
    ['opaque-1', 'opaque-2', false],
    ['c,10', '7,2024-01-01 00:00:10.000', false],
  ];
  for (const [one, than, expected] of TABLE)
    it(`says ${expected} of "${one}" and "${than}"`, () => {
      expect(isEarlierAnchor(one, than)).to.equal(expected);
    });
});

describe('missingCategories', () => {
  const missing = (isComplete: boolean, listed: readonly string[], before: readonly string[]): readonly string[] =>
    missingCategories({ selected: ['a', 'b'], missing: before, listed: new Set(listed), isComplete });
  it('are the selected ones that a complete list lacks', () => {
    expect(missing(true, ['b', 'x'], [])).to.deep.equal(['a']);
  });
  it('do not become more by a list of changes', () => {
    expect(missing(false, [], ['b'])).to.deep.equal(['b']);
  });
  it('come back with any list', () => {
    expect([missing(false, ['b'], ['b']), missing(true, ['a', 'b'], ['b'])]).to.deep.equal([[], []]);
  });
  it('are forgotten when they are not selected any more', () => {
    expect(missing(false, [], ['gone'])).to.deep.equal([]);
  });
});
