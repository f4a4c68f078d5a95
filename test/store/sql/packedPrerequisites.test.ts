import { expect } from 'chai';
import { atOnce } from '../../../server/platform/inTurns.js';
import { packPrerequisites, type Prerequisite, targetsOf } from '../../../server/store/sql/packedPrerequisites.js';
import { Random } from '../../../server/sample/Random.js';

const pack = (prerequisites: readonly Prerequisite[]): string => atOnce(packPrerequisites(prerequisites));

describe('Packed prerequisites', () => {
  it('are in order of clauses and targets, none twice in a clause', () => {
    expect(pack([])).to.equal('');
    expect(pack([[3, 12]])).to.equal('12');
    const mixed: readonly Prerequisite[] = [
      [2, 9],
      [0, 10],
      [2, 9],
      [2, 10],
      [0, 9],
      [11, 9],
    ];
    expect(pack(mixed)).to.equal('9,10;9,10;9');
    expect(atOnce(targetsOf('9,10;9,10;9'))).to.deep.equal([9, 10, 9, 10, 9]);
    expect(atOnce(targetsOf(''))).to.deep.equal([]);
  });

  it('are what rows with a key of clause and target were, however many', () => {
    const random = new Random(7);
    for (const most of [3, 40, 5000, 60_000]) {
      const named = Array.from({ length: most }, (): Prerequisite => [random.below(most), 1 + random.below(2 ** 31)]);
      const rows = new Map(named.map((one) => [one.join(), one]));
      const inOrder = [...rows.values()].sort((one, other) => one[0] - other[0] || one[1] - other[1]);
      const packed = pack([...named, ...named.slice(0, 2)]);
      expect(atOnce(targetsOf(packed))).to.deep.equal(inOrder.map(([, target]) => target));
      expect(packed.split(';')).to.have.length(new Set(named.map(([clause]) => clause)).size);
    }
  });

  it('let others have their turn, packed and read', () => {
    const named = Array.from({ length: 100_000 }, (_none, index): Prerequisite => [0, 100_000 - index]);
    const packed = pack(named);
    expect([...packPrerequisites(named)].length).to.be.greaterThan(100);
    expect([...targetsOf(packed)].length).to.be.greaterThan(50);
  });
});
