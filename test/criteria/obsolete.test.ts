import { expect } from 'chai';
import fc from 'fast-check';
import { obsoleteRevisions as obsoleteSteps } from '../../server/criteria/obsoleteRevisions.js';
import type { Naming, Obsolete, ObsoleteFacts, RevisionReference } from '../../server/criteria/obsoleteRevisions.js';
import { removalOrder as orderSteps } from '../../server/criteria/removal.js';
import type { RemovalChunk } from '../../server/criteria/removal.js';
import { atOnce } from '../../server/platform/inTurns.js';
import { repetitions } from '../fixtures/repetitions.js';

const obsoleteRevisions = (facts: ObsoleteFacts): Obsolete => atOnce(obsoleteSteps(facts));
const removalOrder = (obsolete: Obsolete, facts: ObsoleteFacts, limit: number): readonly RemovalChunk[] =>
  atOnce(orderSteps(obsolete, facts, limit));
/** Revision ids are key × 10 + number. */
const revision = (key: number, number = 1): RevisionReference => ({
  revisionId: key * 10 + number,
  updateKey: key,
  revisionNumber: number,
});
/** `[owner, its number, target, number or 0]` */
const naming = ([owner, own, updateKey, revisionNumber]: readonly [number, number, number, number]): Naming => ({
  revisionId: owner * 10 + own,
  owner,
  updateKey,
  revisionNumber,
});
const whole = (...updates: readonly (readonly [number, ...number[]])[]): ObsoleteFacts['whole'] =>
  new Map(
    updates.map(([key, ...numbers]) => [
      key,
      (numbers.length > 0 ? numbers : [1]).map((number) => revision(key, number)),
    ]),
  );
const NONE: ObsoleteFacts = { old: [], whole: new Map(), namings: [], superseding: [] };
const idsOf = (obsolete: Obsolete): number[] =>
  [...[...obsolete.updates.values()].flat(), ...obsolete.revisions]
    .map((found) => found.revisionId)
    .sort((a, b) => a - b);
const idsGone = (facts: Partial<ObsoleteFacts>): number[] => idsOf(obsoleteRevisions({ ...NONE, ...facts }));

describe('Obsolete revisions', () => {
  it('are old ones that no revision that stays bundles exactly', () => {
    expect(
      idsGone({ old: [revision(1), revision(2)], namings: [naming([9, 1, 1, 1]), naming([9, 1, 2, 7])] }),
    ).to.deep.equal([21]);
    expect(
      idsGone({ old: [revision(1), revision(9)], namings: [naming([9, 1, 1, 1])] }),
      'the bundle goes too',
    ).to.deep.equal([11, 91]);
  });

  it('are whole updates that nobody bundles or requires', () => {
    const facts = {
      whole: whole([1, 1, 2], [2], [3], [4]),
      namings: [naming([9, 1, 2, 5]), naming([9, 1, 3, 0]), naming([4, 1, 1, 2])],
    };
    expect(idsGone(facts)).to.deep.equal([11, 12, 41]);
  });

  it('are the old revisions of an update that has to stay', () => {
    expect(idsGone({ whole: whole([1, 1, 2]), old: [revision(1)], namings: [naming([9, 1, 1, 2])] })).to.deep.equal([
      11,
    ]);
    expect(idsGone({ whole: whole([1, 1, 2]), old: [revision(1)], namings: [naming([9, 1, 1, 1])] })).to.deep.equal([]);
  });

  it('are no updates that supersede a software update that stays', () => {
    expect(
      idsGone({
        whole: whole([1], [2], [3]),
        superseding: [
          { update: 5, by: 3 },
          { update: 3, by: 2 },
        ],
      }),
    ).to.deep.equal([11]);
    expect(
      idsGone({
        whole: whole([1], [2]),
        superseding: [
          { update: 1, by: 2 },
          { update: 2, by: 1 },
        ],
      }),
      'a circle goes together',
    ).to.deep.equal([11, 21]);
  });

  it('keep everything that a kept one holds, level by level', () => {
    const chain = [naming([9, 1, 1, 0]), naming([1, 1, 2, 1]), naming([2, 1, 3, 0])];
    expect(idsGone({ whole: whole([1], [2], [3]), namings: chain })).to.deep.equal([]);
    expect(idsGone({ whole: whole([1], [2], [3]), namings: chain.slice(1) })).to.deep.equal([11, 21, 31]);
    expect(
      idsGone({ whole: whole([1, 1, 2]), namings: [naming([1, 1, 1, 2])] }),
      'itself does not count',
    ).to.deep.equal([11, 12]);
  });

  it('are what a naive model says, and leave in an order that never takes what something left still needs', () => {
    fc.assert(
      fc.property(factsArbitrary, (facts) => {
        const obsolete = obsoleteRevisions(facts);
        expect(idsOf(obsolete)).to.deep.equal(naive(facts));
        const chunks = removalOrder(obsolete, facts, 3);
        expect(
          chunks.flatMap((chunk) => chunk.revisions.map((found) => found.revisionId)).sort((a, b) => a - b),
        ).to.deep.equal(idsOf(obsolete));
        const gone = new Set<number>();
        for (const chunk of chunks) {
          for (const found of chunk.revisions) gone.add(found.revisionId);
          expect(needed(facts, gone, obsolete)).to.deep.equal([]);
        }
      }),
      { numRuns: repetitions(400, 40_000) },
    );
  });

  it('are found in one pass through long chains, whichever way round they stand', () => {
    const count = 20_000;
    const updates = whole(...Array.from({ length: count }, (_unused, index) => [index + 1] as [number]));
    const superseding = Array.from({ length: count }, (_unused, index) => ({ update: index, by: index + 1 }));
    for (const edges of [superseding, superseding.toReversed()])
      expect(idsGone({ whole: updates, superseding: edges })).to.deep.equal([]);
    const namings = superseding.map(({ update, by }) => naming([update === 0 ? 900_000 : update, 1, by, 1]));
    for (const edges of [namings, namings.toReversed()])
      expect(idsGone({ whole: updates, namings: edges })).to.deep.equal([]);
  });

  it('leave in chunks', () => {
    const updates = whole(...Array.from({ length: 10 }, (_unused, index) => [index + 1] as [number]));
    const namings = Array.from({ length: 9 }, (_unused, index) => naming([index + 2, 1, index + 1, 1]));
    const facts = { ...NONE, whole: updates, namings };
    expect(removalOrder(obsoleteRevisions(facts), facts, 4).map((chunk) => chunk.updates)).to.deep.equal([
      [10, 9, 8, 7],
      [6, 5, 4, 3],
      [2, 1],
    ]);
    const circle = { ...facts, namings: [...namings, naming([1, 1, 10, 1])] };
    expect(removalOrder(obsoleteRevisions(circle), circle, 4).map((chunk) => chunk.updates.length)).to.deep.equal([10]);
  });
});

const KEYS = 6,
  NUMBERS = 3;
const keyArbitrary = fc.integer({ min: 1, max: KEYS });
/** Every update has three revisions; key 9 has one that always stays. */
const factsArbitrary: fc.Arbitrary<ObsoleteFacts> = fc.record({
  old: fc
    .uniqueArray(fc.tuple(keyArbitrary, fc.integer({ min: 1, max: NUMBERS - 1 })), {
      selector: ([key, number]) => key * 10 + number,
    })
    .map((list) => list.map(([key, number]) => revision(key, number))),
  whole: fc
    .uniqueArray(keyArbitrary)
    .map((keys) => whole(...keys.map((key) => [key, 1, 2, 3] as [number, ...number[]]))),
  namings: fc.array(
    fc
      .tuple(
        fc.constantFrom(1, 2, 3, 4, 5, 6, 9),
        fc.integer({ min: 1, max: NUMBERS }),
        keyArbitrary,
        fc.integer({ min: 0, max: NUMBERS }),
      )
      .map(naming),
    { maxLength: 8 },
  ),
  superseding: fc.array(
    fc
      .record({ update: fc.integer({ min: 1, max: KEYS + 1 }), by: keyArbitrary })
      .filter(({ update, by }) => update !== by),
    { maxLength: 4 },
  ),
});

/** Takes subset after subset away until nothing that is left is in the way: slow and plain. */
function naive(facts: ObsoleteFacts): number[] {
  const wholeIds = (key: number): number[] => (facts.whole.get(key) ?? []).map((found) => found.revisionId);
  let updates = [...facts.whole.keys()];
  let old = facts.old.map((found) => found.revisionId);
  for (;;) {
    const going = new Set([...updates.flatMap(wholeIds), ...old]);
    const staying = facts.namings.filter((found) => !going.has(found.revisionId));
    const isExact = (id: number): boolean =>
      staying.some((found) => found.updateKey * 10 + found.revisionNumber === id && found.revisionNumber > 0);
    const nextOld = old.filter((id) => !isExact(id));
    const nextUpdates = updates.filter(
      (key) =>
        !staying.some((found) => found.updateKey === key && found.owner !== key) &&
        !facts.superseding.some(({ update, by }) => by === key && !updates.includes(update)) &&
        !wholeIds(key).some((id) => old.includes(id) && isExact(id)),
    );
    if (nextOld.length === old.length && nextUpdates.length === updates.length) return [...going].sort((a, b) => a - b);
    updates = nextUpdates;
    old = nextOld;
  }
}

/** What is gone although something that is still there, and was to go or not, needs it. */
function needed(facts: ObsoleteFacts, gone: ReadonlySet<number>, obsolete: Obsolete): string[] {
  const isGone = (key: number): boolean => obsolete.updates.has(key) && gone.has(key * 10 + 1);
  const bundled = facts.namings.filter(
    (found) =>
      !gone.has(found.revisionId) &&
      found.owner !== found.updateKey &&
      (isGone(found.updateKey) || (found.revisionNumber > 0 && gone.has(found.updateKey * 10 + found.revisionNumber))),
  );
  const superseding = facts.superseding.filter(({ update, by }) => isGone(by) && !isGone(update));
  return [...bundled, ...superseding].map((found) => JSON.stringify(found));
}
