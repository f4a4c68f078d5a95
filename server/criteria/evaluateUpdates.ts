import type { Steps } from '../platform/inTurns.js';
import type { RevisionTable } from './RevisionTable.js';
import { EXPIRY } from './SoftwareUpdateRow.js';
import type { EvaluatedUpdate, EvaluatedUpdates, EvaluationFacts, EvaluationRules } from './UpdateEvaluation.js';
import { BundleTree } from './bundles.js';
import { sorted } from './collections.js';
import { matchesSubscription } from './subscription.js';

/** No date is this: some are before 1970. */
const NOT_SUPERSEDED = NaN;

/** The updates that are looked at, and which of them supersede what they name: selected, and of good standing. */
interface SupersedenceContext {
  readonly tree: BundleTree;
  readonly supersedes: (update: number) => boolean;
}

/**
 * By update: the creation date of the oldest newer update that supersedes it, 0 where none is newer, NaN where none
 * supersedes it. An update supersedes while its standing is good: also when a supersedence rule alone has expired it.
 */
function* findSupersedence(facts: EvaluationFacts, { tree, supersedes }: SupersedenceContext): Steps<Float64Array> {
  const { revisions } = facts;
  const since = new Float64Array(revisions.updates).fill(NOT_SUPERSEDED);
  const note = (update: number, by: { key: number; firstCreated: number }): void => {
    if (update < 0 || !tree.isPresent(update) || by.key === revisions.updateKeyAt(update)) return;
    const before = dateOf(since[update]);
    const isNewer = by.firstCreated > revisions.firstCreatedAt(update);
    since[update] = isNewer && (before === 0 || by.firstCreated < before) ? by.firstCreated : before;
  };
  for (const update of tree.updates()) {
    const by = { key: revisions.updateKeyAt(update), firstCreated: revisions.firstCreatedAt(update) };
    if (supersedes(update)) for (const named of revisions.supersededAt(update)) note(revisions.rowOf(named), by);
    yield;
  }
  for (const { update, by, firstCreated } of facts.supersedence) {
    const stored = facts.stored.get(by);
    if (stored?.standing === EXPIRY.none && !stored.isHidden) note(revisions.rowOf(update), { key: by, firstCreated });
    yield;
  }
  return since;
}

/**
 * What each update is: a function of the catalogue, the subscription, the rules and the time
 * (docs/life-of-an-update.md). Updates that are neither selected nor held by a bundle nor known to the site are not in
 * the result.
 */
export function* evaluateUpdates(facts: EvaluationFacts, rules: EvaluationRules): Steps<EvaluatedUpdates> {
  const { revisions } = facts;
  const tree = yield* BundleTree.of(
    facts,
    (update) => revisions.isDeployableAt(update) && matchesSubscription(revisions.categoryKeysAt(update), rules),
  );
  return yield* Evaluation.of({ facts, rules, tree });
}

/** One look at a set of updates; an update is the row of its latest revision. */
class Evaluation implements EvaluatedUpdates {
  readonly size: number;
  readonly #facts: EvaluationFacts;
  readonly #revisions: RevisionTable;
  readonly #rules: EvaluationRules;
  readonly #tree: BundleTree;
  /** 1 where all bundles that hold it are gone, 0 where one is still there, -1 where none holds it. */
  #goneHolders: Int8Array = new Int8Array(0);
  #supersedence: Float64Array = new Float64Array(0);
  /** The first reason of the bundles that hold it. */
  #reasons: Int8Array = new Int8Array(0);

  private constructor(parts: { facts: EvaluationFacts; rules: EvaluationRules; tree: BundleTree }) {
    this.#facts = parts.facts;
    this.#revisions = parts.facts.revisions;
    this.#rules = parts.rules;
    this.#tree = parts.tree;
    this.size = countOf(parts.tree.updates());
  }

  static *of(parts: { facts: EvaluationFacts; rules: EvaluationRules; tree: BundleTree }): Steps<Evaluation> {
    const evaluation = new Evaluation(parts);
    yield* evaluation.#look();
    return evaluation;
  }

  get(updateKey: number): EvaluatedUpdate | undefined {
    const update = this.#revisions.rowOf(updateKey);
    if (update < 0 || !this.#tree.isPresent(update)) return undefined;
    return this.#tree.isVisible(update) ? this.#visible(update) : this.#hidden(update);
  }

  *inOrder(): Steps<readonly number[]> {
    const revisions = this.#revisions;
    const idOf = (update: number): number => revisions.revisionIdAt(this.#revisionOf(update));
    const updates = yield* sorted(this.#tree.updates(), (one, other) => idOf(one) - idOf(other));
    return updates.map((update) => revisions.updateKeyAt(update));
  }

  *[Symbol.iterator](): Generator<readonly [number, EvaluatedUpdate], void> {
    for (const update of this.#tree.updates()) {
      const key = this.#revisions.updateKeyAt(update);
      const evaluated = this.get(key);
      if (evaluated !== undefined) yield [key, evaluated];
    }
  }

  *#look(): Steps<void> {
    const tree = this.#tree;
    this.#goneHolders = yield* tree.lowestRanks((bundle) => Number(this.#isNotNamed(bundle)));
    const supersedes = (update: number): boolean => tree.isSelected(update) && this.#standing(update) === EXPIRY.none;
    this.#supersedence = yield* findSupersedence(this.#facts, { tree, supersedes });
    this.#reasons = yield* tree.lowestRanks((bundle) => this.#ownReason(bundle));
  }

  #visible(update: number): EvaluatedUpdate {
    const [standing, reason] = [this.#standing(update), this.#ownReason(update)];
    return this.#evaluated(update, { isHidden: false, standing, reason });
  }

  /**
   * A hidden child goes with its bundles, whatever its own document says; of several revisions they hold it has the
   * highest.
   */
  #hidden(update: number): EvaluatedUpdate {
    const ofBundles = this.#reasons[update] as number;
    const reason = ofBundles < 0 ? this.#standing(update) : ofBundles;
    return this.#evaluated(update, { isHidden: true, standing: reason, reason });
  }

  #evaluated(
    update: number,
    { isHidden, standing, reason }: Pick<EvaluatedUpdate, 'isHidden' | 'standing' | 'reason'>,
  ): EvaluatedUpdate {
    const row = this.#revisionOf(update);
    const since = this.#supersedence[update] as number;
    return {
      revision: this.#revisions.revisionAt(row),
      isHidden,
      isBundle: this.#revisions.isBundleAt(row),
      standing,
      reason,
      isSuperseded: !Number.isNaN(since),
      supersededSince: dateOf(since),
    };
  }

  #revisionOf(update: number): number {
    return this.#tree.isVisible(update) ? update : this.#tree.heldRevision(update);
  }

  /** The first reason that holds, supersedence apart. */
  #standing(update: number): number {
    if (this.#revisions.isExpiredAt(update)) return EXPIRY.publisher;
    if (!this.#tree.isSelected(update)) return EXPIRY.subscription;
    return this.#isGone(update) ? EXPIRY.upstream : EXPIRY.none;
  }

  /** What a bundle names that the upstream still lists is still there, listed itself or not. */
  #isGone(update: number): boolean {
    return this.#isNotNamed(update) && this.#goneHolders[update] !== 0;
  }

  #isNotNamed(update: number): boolean {
    return this.#rules.isGone(this.#revisions.updateKeyAt(update));
  }

  #ownReason(update: number): number {
    const standing = this.#standing(update);
    const since = this.#supersedence[update] as number;
    if (standing !== EXPIRY.none || Number.isNaN(since)) return standing;
    return this.#rules.expiresBySupersedence(this.#revisions.categoryKeysAt(update), since)
      ? EXPIRY.supersedence
      : EXPIRY.none;
  }
}

/** 0 where nothing supersedes. */
function dateOf(since: number | undefined): number {
  return since === undefined || Number.isNaN(since) ? 0 : since;
}

function countOf(items: Iterable<unknown>): number {
  let count = 0;
  for (const _item of items) count += 1;
  return count;
}
