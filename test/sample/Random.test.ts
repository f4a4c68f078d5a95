import { expect } from 'chai';
import fc from 'fast-check';
import { Random } from '../../server/sample/Random.js';

describe('Random', () => {
  it('gives the same numbers for the same seed', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const draw = (random: Random): unknown[] => [
          random.next(),
          random.fraction(),
          random.below(10),
          random.guid(),
          random.bytes(7).toString('hex'),
        ];
        expect(draw(new Random(seed))).to.deep.equal(draw(new Random(seed)));
      }),
    );
  });

  it('stays in its bounds and makes GUIDs', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1000 }), (seed, limit) => {
        const random = new Random(seed);
        expect(random.below(limit)).to.be.within(0, limit - 1);
        expect(random.fraction()).to.be.within(0, 1);
        expect(random.guid()).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
      }),
    );
  });

  it('spreads evenly', () => {
    const random = new Random(1);
    const counts = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 10_000; draw++) counts[random.below(10)]!++;
    for (const count of counts) expect(count).to.be.within(850, 1150);
  });
});
