import { expect } from 'chai';
import type { CandidateRevision } from '../../server/criteria/CandidateRevision.js';
import type { EvaluationRules } from '../../server/criteria/UpdateEvaluation.js';
import { sorted } from '../../server/criteria/collections.js';
import { evaluateUpdates } from '../../server/criteria/evaluateUpdates.js';
import { obsoleteRevisions } from '../../server/criteria/obsoleteRevisions.js';
import { PACKAGE_RANK, packageOrder } from '../../server/criteria/packageOrder.js';
import { removableUpdates, removalOrder } from '../../server/criteria/removal.js';
import { EMPTY_SUBSCRIPTION, expandSubscription } from '../../server/criteria/subscription.js';
import { unresolvedBundles } from '../../server/criteria/unresolvedBundles.js';
import { FilterList, orderedClosure } from '../../server/downstream/revisionFilter.js';
import { atOnce } from '../../server/platform/inTurns.js';
import type { Steps } from '../../server/platform/inTurns.js';
import { Random } from '../../server/sample/Random.js';
import { repetitions } from '../fixtures/repetitions.js';
import { graphOf, SHAPES } from '../soak/relations/graphs.js';
import type { Graph } from '../soak/relations/graphs.js';
import { sampleUpdate } from '../store/sampleRows.js';
import { evaluatedPlainly } from './evaluatedPlainly.js';
import { factsOf, type PlainFacts } from './plainFacts.js';

const SIZE = repetitions(12_000, 50_000);
const PRODUCT = 900_001;
const CLASSIFICATION = 900_002;

const rules: EvaluationRules = {
  products: new Set([PRODUCT]),
  classifications: new Set([CLASSIFICATION]),
  isGone: (key) => key % 5 === 4,
  expiresBySupersedence: () => false,
};

/** Takes all steps and counts them. */
function counted<Result>(steps: Steps<Result>): { readonly result: Result; readonly count: number } {
  for (let count = 1; ; count += 1) {
    const { done, value } = steps.next();
    if (done === true) return { result: value, count };
  }
}

const members = ({ count }: Graph): number[] => Array.from({ length: count }, (_unused, member) => member);

/** The member 0 of a graph is the update 1, so that no key is 0. */
function revisionOf(member: number, over: Partial<CandidateRevision> = {}): CandidateRevision {
  return {
    updateKey: member + 1,
    revisionId: member + 1,
    revisionNumber: 1,
    isExpired: false,
    isDeployable: member % 3 !== 2,
    firstCreated: member,
    categoryKeys: [PRODUCT, CLASSIFICATION],
    members: [],
    supersedes: [],
    ...over,
  };
}

function factsAbout(revisions: readonly CandidateRevision[]): PlainFacts {
  const latest = new Map(revisions.map((revision) => [revision.updateKey, revision]));
  return { latest, held: new Map(revisions.map((one) => [one.revisionId, one])), stored: new Map(), supersedence: [] };
}

describe('Decisions about updates that name each other', () => {
  for (const shape of SHAPES) {
    const graph = graphOf(shape, SIZE);

    it(`as bundles take steps by their number alone: ${shape}`, () => {
      const revisions = members(graph).map((member) =>
        revisionOf(member, {
          members: graph.named(member).map((other) => ({ updateKey: other + 1, revisionId: other + 1 })),
        }),
      );
      const { result, count } = counted(evaluateUpdates(factsOf(factsAbout(revisions)), rules));
      expect(count).to.be.below(40 * graph.count + 100);
      expect(result.get(1)).to.include({ isHidden: false });
    });

    it(`as superseding each other take steps by their number alone: ${shape}`, () => {
      const revisions = members(graph).map((member) =>
        revisionOf(member, { supersedes: graph.named(member).map((other) => other + 1) }),
      );
      const { result, count } = counted(evaluateUpdates(factsOf(factsAbout(revisions)), rules));
      expect(count).to.be.below(40 * graph.count + 100);
      expect([...result].some(([, update]) => update.isSuperseded)).to.equal(true);
    });

    it(`as bundles leave, or stay, by one look at each: ${shape}`, () => {
      const row = (member: number): ReturnType<typeof sampleUpdate> =>
        sampleUpdate(member, { updateKey: member, revisionId: member, isExpired: true });
      const holdings = members(graph).flatMap((holder) =>
        graph.named(holder).map((child) => ({ child, revisionId: child, holder })),
      );
      const due = members(graph)
        .filter((member) => member > 0)
        .map(row);
      const holders = new Map(members(graph).map((member) => [member, row(member)]));
      const { result, count } = counted(removableUpdates(due, { holdings, holders }));
      expect(count).to.be.below(2 * holdings.length + 2 * graph.count + 100);
      // Whatever the first holds, on any level, stays with it.
      expect(result.length).to.equal(shape === 'rays' ? graph.count - 1 : 0);
    });

    it(`as bundles of a package are missed on all levels: ${shape}`, () => {
      const bundles = members(graph).map((member) => ({
        key: String(member),
        clauses: [
          ...graph.named(member).map((other) => [String(other)]),
          ...(member === graph.count - 1 ? [['x']] : []),
        ],
      }));
      const { result, count } = counted(unresolvedBundles(bundles, (key) => key !== 'x'));
      expect(count).to.be.below(3 * graph.count + 100);
      const lacking = {
        chain: graph.count,
        circle: graph.count,
        star: 2,
        rays: 1,
        dense: graph.count,
        complete: graph.count,
      };
      expect(result.length).to.equal(lacking[shape]);
    });

    it(`are put in order, each once and after what it needs: ${shape}`, () => {
      const relations = members(graph).reduce((sum, member) => sum + graph.named(member).length, 0);
      const closure = counted(orderedClosure(members(graph), graph.named));
      expect(new Set(closure.result).size).to.equal(graph.count);
      expect(closure.count).to.be.below(4 * (graph.count + relations) + 100);
      const ranked = members(graph).map((revisionId) => ({ revisionId, rank: PACKAGE_RANK.update }));
      const order = atOnce(packageOrder(ranked, new Map(members(graph).map((one) => [one, graph.named(one)]))));
      expect(new Set(order).size).to.equal(graph.count);
      if (shape === 'chain') expect([closure.result[0], order[0]]).to.deep.equal([graph.count - 1, graph.count - 1]);
    });

    it(`leave the catalogue together: ${shape}`, () => {
      const reference = (key: number): { revisionId: number; updateKey: number; revisionNumber: number } => ({
        revisionId: key,
        updateKey: key,
        revisionNumber: 1,
      });
      const facts = {
        old: [],
        whole: new Map(members(graph).map((member) => [member, [reference(member)]])),
        namings: members(graph).flatMap((owner) =>
          graph.named(owner).map((updateKey) => ({ revisionId: owner, owner, updateKey, revisionNumber: 1 })),
        ),
        superseding: [],
      };
      const obsolete = counted(obsoleteRevisions(facts));
      expect(obsolete.result.updates.size).to.equal(graph.count);
      const order = counted(removalOrder(obsolete.result, facts, 100));
      expect(order.result.reduce((sum, chunk) => sum + chunk.updates.length, 0)).to.equal(graph.count);
      expect(obsolete.count + order.count).to.be.below(4 * (graph.count + facts.namings.length) + 100);
    });

    if (shape === 'circle' || shape === 'dense')
      it(`stay in the catalogue for one that stays, each looked at in a step: ${shape}`, () => {
        const edges = members(graph).flatMap((update) => graph.named(update).map((by) => ({ update, by })));
        const whole = new Map(
          members(graph).map((key) => [key, [{ revisionId: key, updateKey: key, revisionNumber: 1 }]]),
        );
        const facts = { old: [], whole, namings: [], superseding: [...edges, { update: -1, by: 0 }] };
        const { result, count } = counted(obsoleteRevisions(facts));
        expect(result.updates.size).to.equal(0);
        // Read three times, and by each relation once more.
        expect(count).to.be.above(3 * graph.count + 2 * edges.length);
      });

    it(`as categories are subscribed and served whole, however deep: ${shape}`, () => {
      const parents = members(graph).map((member) => graph.named(member)[0]);
      const nodes = parents.map((parent, member) => ({
        id: String(member),
        type: 'Product',
        title: '',
        parentId: parent === undefined ? '' : String(parent),
        allowSubscription: true,
      }));
      const selected = { ...EMPTY_SUBSCRIPTION.selected, Product: [String(graph.count - 1)] };
      const { result, count } = counted(expandSubscription(nodes, { selected, pending: [] }));
      expect(count).to.be.below(3 * graph.count + 100);
      expect(result.has(String(graph.count - 1))).to.equal(true);
      const list = new FilterList(
        [
          { id: 0, delta: true },
          { id: 0, delta: false },
        ],
        graph.named,
      );
      expect(list.match([0])).to.equal('whole');
      if (shape === 'chain') expect(list.match([graph.count - 1])).to.equal('whole');
    });
  }

  it('are the same as when every bundle is walked alone', () => {
    const random = new Random(41);
    const rounds = repetitions(400, 20_000);
    for (let round = 0; round < rounds; round += 1) {
      const facts = randomFacts(random);
      const found = atOnce(evaluateUpdates(factsOf(facts), rules));
      const verdicts = Object.fromEntries(
        [...found].map(([key, { revision, isHidden, standing, reason }]) => [
          key,
          { revisionId: revision.revisionId, isHidden, standing, reason },
        ]),
      );
      expect(verdicts, `round ${round}`).to.deep.equal(evaluatedPlainly(facts, rules));
    }
  });

  it('are sorted as the language does it, in steps', () => {
    const items = Array.from({ length: 5000 }, (_unused, index) => ({ rank: (index * 7919) % 97, index }));
    const compare = (one: { rank: number }, other: { rank: number }): number => one.rank - other.rank;
    const { result, count } = counted(sorted(items, compare));
    expect(result).to.deep.equal([...items].sort(compare));
    expect(count).to.be.above(100);
  });
});

/** Up to seven updates in up to two revisions each, which hold each other in any way. */
function randomFacts(random: Random): PlainFacts {
  const below = (limit: number): number => random.below(limit);
  const updates = 2 + below(6);
  const all: CandidateRevision[] = [];
  for (let key = 1; key <= updates; key += 1)
    for (let number = 1; number <= 1 + below(2); number += 1)
      all.push(
        revisionOf(key - 1, {
          revisionId: key * 10 + number,
          revisionNumber: number,
          isDeployable: below(3) > 0,
          isExpired: below(6) === 0,
          categoryKeys: below(3) > 0 ? [PRODUCT, CLASSIFICATION] : [],
          members: Array.from({ length: below(4) }, () => 1 + below(updates)).map((updateKey) => ({
            updateKey,
            revisionId: updateKey * 10 + 1 + below(2),
          })),
        }),
      );
  const latest = new Map(all.map((revision) => [revision.updateKey, revision]));
  const stored = new Map(
    [...latest.keys()]
      .filter(() => below(2) === 0)
      .map((key) => [key, sampleUpdate(key, { updateKey: key, revisionId: key * 10 + 1, isHidden: below(2) === 0 })]),
  );
  return { latest, held: new Map(all.map((one) => [one.revisionId, one])), stored, supersedence: [] };
}
