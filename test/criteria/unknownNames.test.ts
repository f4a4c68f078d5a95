import { expect } from 'chai';
import { unknownNames } from '../../server/criteria/names.js';

describe('Names that fit nothing', () => {
  const known = ['Windows 10', 'Windows 11', 'Security Updates'];
  it('are told with the closest known ones', () => {
    expect(unknownNames(['Windws 11', 'security updates', 'Win*'], known)).to.deep.equal([
      'Windws 11. Closest: Windows 11, Windows 10, Security Updates.',
    ]);
  });
  it('are told to be early when nothing is known', () => {
    expect(unknownNames(['Windows 11'], [])).to.deep.equal([
      'Windows 11. No categories are known yet: synchronize first.',
    ]);
  });
});
