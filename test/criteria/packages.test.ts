import { expect } from 'chai';
import fc from 'fast-check';
import { comparePackage } from '../../server/criteria/comparePackage.js';
import type { ComparedPackage, ComparingSite } from '../../server/criteria/comparePackage.js';
import { PACKAGE_RANK, packageOrder as orderSteps } from '../../server/criteria/packageOrder.js';
import type { RankedRevision } from '../../server/criteria/packageOrder.js';
import { unresolvedBundles as unresolvedSteps } from '../../server/criteria/unresolvedBundles.js';
import type { BundleClauses, UnresolvedBundle } from '../../server/criteria/unresolvedBundles.js';
import { atOnce } from '../../server/platform/inTurns.js';
import { repetitions } from '../fixtures/repetitions.js';

const packageOrder = (
  revisions: readonly RankedRevision[],
  childrenOf: ReadonlyMap<number, readonly number[]>,
): readonly number[] => atOnce(orderSteps(revisions, childrenOf));
const unresolvedBundles = (
  bundles: readonly BundleClauses[],
  isThere: (key: string) => boolean,
): readonly UnresolvedBundle[] => atOnce(unresolvedSteps(bundles, isThere));

describe('criteria: the order of a package', () => {
  const { update } = PACKAGE_RANK;

  it('goes by kind, then as stored', () => {
    const revisions = [
      { revisionId: 1, rank: update },
      { revisionId: 2, rank: PACKAGE_RANK.detectoid },
      { revisionId: 3, rank: PACKAGE_RANK.UpdateClassification },
      { revisionId: 4, rank: PACKAGE_RANK.Company },
    ];
    expect(packageOrder(revisions, new Map())).to.deep.equal([3, 4, 2, 1]);
  });

  it('puts children before their bundles, each once, whatever holds what', () => {
    const edges = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 14 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(edges, (pairs) => {
        const childrenOf = new Map<number, number[]>();
        for (const [bundle, child] of pairs) childrenOf.set(bundle, [...(childrenOf.get(bundle) ?? []), child]);
        const order = packageOrder(
          Array.from({ length: 12 }, (_, index) => ({ revisionId: index + 1, rank: update })),
          childrenOf,
        );
        expect([...order].sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 12 }, (_, index) => index + 1));
        const reaches = (from: number, to: number, seen = new Set<number>()): boolean =>
          (childrenOf.get(from) ?? []).some(
            (child) => child === to || (!seen.has(child) && reaches(child, to, seen.add(child))),
          );
        for (const [bundle, child] of pairs)
          if (child <= 12 && !reaches(child, bundle)) expect(order.indexOf(child)).to.be.at.most(order.indexOf(bundle));
      }),
      { numRuns: repetitions(200, 2000), seed: 3 },
    );
  });

  it('takes a chain of bundles as long as a package', () => {
    const childrenOf = new Map(Array.from({ length: 50_000 }, (_, index) => [index + 1, [index + 2]]));
    const order = packageOrder(
      Array.from({ length: 50_001 }, (_, index) => ({ revisionId: index + 1, rank: update })),
      childrenOf,
    );
    expect([order[0], order.at(-1)]).to.deep.equal([50_001, 1]);
  });
});

describe('criteria: bundles that lack children', () => {
  const isThere = (key: string): boolean => key !== 'gone';

  it('are those with a clause of which nothing is there, and those that hold them', () => {
    const bundles = [
      { key: 'outer', clauses: [['inner']] },
      { key: 'inner', clauses: [['here'], ['gone']] },
      { key: 'whole', clauses: [['gone', 'here'], []] },
      { key: 'other', clauses: [['inner', 'here']] },
    ];
    expect(unresolvedBundles(bundles, isThere)).to.deep.equal([
      { key: 'inner', lacks: 'gone' },
      { key: 'outer', lacks: 'inner' },
    ]);
  });

  it('that hold one another are complete', () => {
    expect(
      unresolvedBundles(
        [
          { key: 'a', clauses: [['b']] },
          { key: 'b', clauses: [['a']] },
        ],
        isThere,
      ),
    ).to.deep.equal([]);
  });
});

describe('criteria: how a package fits a site', () => {
  const given: ComparedPackage = {
    languages: ['all'],
    products: undefined,
    classifications: undefined,
    created: 1000,
    follows: 0,
    signature: 'None',
    fingerprint: '',
    unlisted: 0,
  };
  const site: ComparingSite = {
    languages: ['fr'],
    products: [{ id: 'p', name: 'Windows' }],
    classifications: [],
    before: undefined,
    trustsSigners: false,
  };

  it('has nothing against one that says little', () => {
    expect(comparePackage(given, site)).to.deep.equal([]);
    expect(comparePackage({ ...given, languages: undefined }, site)).to.deep.equal([]);
    expect(comparePackage(given, { ...site, before: { created: 1000, reaches: 5 } })).to.deep.equal([]);
  });

  const differing: Record<string, [Partial<ComparedPackage>, Partial<ComparingSite>, RegExp]> = {
    'a language': [{ languages: ['en'] }, {}, /languages .*: fr$/],
    'a product': [{ products: new Set(['q']) }, {}, /products .*: Windows$/],
    'an earlier one': [{ created: 999 }, { before: { created: 1000, reaches: 0 } }, /before the last one/],
    'a first increment': [{ follows: 3 }, {}, /follows revision 3 .* has nothing of it/],
    'no signature': [{}, { trustsSigners: true }, /not signed/],
    'a foreign signature': [{ signature: 'Foreign', fingerprint: 'ff' }, { trustsSigners: true }, /signed by ff/],
    'files that are not listed': [{ unlisted: 2 }, {}, /2 of its updates/],
  };
  for (const [what, [one, other, reason]] of Object.entries(differing)) {
    it(`names ${what}`, () => {
      const [difference, ...more] = comparePackage({ ...given, ...one }, { ...site, ...other });
      expect(difference).to.match(reason);
      expect(more).to.deep.equal([]);
    });
  }
});
