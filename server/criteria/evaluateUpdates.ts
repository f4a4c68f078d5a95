import { EXPIRY } from '../store/rows.js';
import { BundleTree, type Holder } from './BundleTree.js';
import { findSupersedence } from './findSupersedence.js';
import { matchesSubscription } from './matchesSubscription.js';
import type { CandidateRevision, EvaluatedUpdate, EvaluationFacts, EvaluationRules } from './UpdateEvaluation.js';

/**
 * What each update is: a function of the catalogue, the subscription, the rules and the time
 * (docs/life-of-an-update.md).
 * Updates that are neither selected nor held by a bundle nor known to the site are not in the result.
 */
export function evaluateUpdates(facts: EvaluationFacts, rules: EvaluationRules): ReadonlyMap<number, EvaluatedUpdate> {
  return new Evaluation(facts, rules).result();
}

/** One look at a set of updates. */
class Evaluation {
  readonly #facts: EvaluationFacts;
  readonly #rules: EvaluationRules;
  readonly #tree: BundleTree;
  readonly #supersedence: ReadonlyMap<number, number>;

  constructor(facts: EvaluationFacts, rules: EvaluationRules) {
    this.#facts = facts;
    this.#rules = rules;
    this.#tree = new BundleTree(
      facts,
      (update) => update.isDeployable && matchesSubscription(update.categoryKeys, rules),
    );
    const supersedes = (key: number): boolean => this.#tree.isSelected(key) && this.#standing(key) === EXPIRY.none;
    this.#supersedence = findSupersedence(facts, { keys: this.#tree.keys, supersedes });
  }

  result(): ReadonlyMap<number, EvaluatedUpdate> {
    const result = new Map<number, EvaluatedUpdate>();
    for (const key of this.#tree.keys) {
      const latest = this.#facts.latest.get(key);
      if (latest !== undefined)
        result.set(key, this.#tree.isVisible(key) ? this.#visible(key, latest) : this.#hidden(key, latest));
    }
    return result;
  }

  #visible(key: number, latest: CandidateRevision): EvaluatedUpdate {
    return {
      ...this.#common(key, latest),
      isHidden: false,
      standing: this.#standing(key),
      reason: this.#ownReason(key),
    };
  }

  /**
   * A hidden child goes with its bundles, whatever its own document says; of several revisions they hold it has the
   * highest.
   */
  #hidden(key: number, latest: CandidateRevision): EvaluatedUpdate {
    const holders = this.#tree.holdersOf(key);
    const reason =
      holders.length === 0 ? this.#standing(key) : Math.min(...holders.map((holder) => this.#ownReason(holder.root)));
    return { ...this.#common(key, highestOf(holders) ?? latest), isHidden: true, standing: reason, reason };
  }

  #common(
    key: number,
    revision: CandidateRevision,
  ): Pick<EvaluatedUpdate, 'revision' | 'isBundle' | 'isSuperseded' | 'supersededSince'> {
    return {
      revision,
      isBundle: revision.members.length > 0,
      isSuperseded: this.#supersedence.has(key),
      supersededSince: this.#supersedence.get(key) ?? 0,
    };
  }

  /** The first reason that holds, supersedence apart. */
  #standing(key: number): number {
    if (this.#facts.latest.get(key)?.isExpired === true) return EXPIRY.publisher;
    if (!this.#tree.isSelected(key)) return EXPIRY.subscription;
    return this.#isGone(key) ? EXPIRY.upstream : EXPIRY.none;
  }

  /** What a bundle names that the upstream still lists is still there, listed itself or not. */
  #isGone(key: number): boolean {
    return this.#rules.isGone(key) && this.#tree.holdersOf(key).every((holder) => this.#rules.isGone(holder.root));
  }

  #ownReason(key: number): number {
    const standing = this.#standing(key);
    const since = this.#supersedence.get(key);
    if (standing !== EXPIRY.none || since === undefined) return standing;
    return this.#rules.expiresBySupersedence(this.#facts.latest.get(key)?.categoryKeys ?? [], since)
      ? EXPIRY.supersedence
      : EXPIRY.none;
  }
}

function highestOf(holders: readonly Holder[]): CandidateRevision | undefined {
  let highest: CandidateRevision | undefined;
  for (const { revision } of holders)
    if (highest === undefined || revision.revisionNumber > highest.revisionNumber) highest = revision;
  return highest;
}
