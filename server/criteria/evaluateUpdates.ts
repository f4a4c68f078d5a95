import type { Steps } from '../platform/inTurns.js';
import { EXPIRY } from './SoftwareUpdateRow.js';
import type { CandidateRevision, EvaluatedUpdate, EvaluationFacts, EvaluationRules } from './UpdateEvaluation.js';
import { BundleTree } from './bundles.js';
import { matchesSubscription } from './subscription.js';

/** The updates that are looked at, and which of them supersede what they name: selected, and of good standing. */
interface SupersedenceContext {
  readonly keys: ReadonlySet<number>;
  readonly supersedes: (updateKey: number) => boolean;
}

/**
 * The superseded ones of the updates, each with the creation date of the oldest newer update that supersedes it, 0
 * where none is newer. An update supersedes while its standing is good: also when a supersedence rule alone has
 * expired it.
 */
function* findSupersedence(
  facts: EvaluationFacts,
  { keys, supersedes }: SupersedenceContext,
): Steps<ReadonlyMap<number, number>> {
  const since = new Map<number, number>();
  const note = (update: number, by: { key: number; firstCreated: number }): void => {
    const superseded = keys.has(update) && by.key !== update ? facts.latest.get(update) : undefined;
    if (superseded === undefined) return;
    const before = since.get(update) ?? 0;
    const isNewer = by.firstCreated > superseded.firstCreated;
    since.set(update, isNewer && (before === 0 || by.firstCreated < before) ? by.firstCreated : before);
  };
  for (const key of keys) {
    const update = facts.latest.get(key);
    if (update !== undefined && supersedes(key))
      for (const named of update.supersedes) note(named, { key, firstCreated: update.firstCreated });
    yield;
  }
  for (const { update, by, firstCreated } of facts.supersedence) {
    const stored = facts.stored.get(by);
    if (stored?.standing === EXPIRY.none && !stored.isHidden) note(update, { key: by, firstCreated });
    yield;
  }
  return since;
}

/**
 * What each update is: a function of the catalogue, the subscription, the rules and the time
 * (docs/life-of-an-update.md). Updates that are neither selected nor held by a bundle nor known to the site are not in
 * the result.
 */
export function* evaluateUpdates(
  facts: EvaluationFacts,
  rules: EvaluationRules,
): Steps<ReadonlyMap<number, EvaluatedUpdate>> {
  const tree = yield* BundleTree.of(
    facts,
    (update) => update.isDeployable && matchesSubscription(update.categoryKeys, rules),
  );
  const evaluation = new Evaluation({ facts, rules, tree });
  return yield* evaluation.result();
}

/** One look at a set of updates. */
class Evaluation {
  readonly #facts: EvaluationFacts;
  readonly #rules: EvaluationRules;
  readonly #tree: BundleTree;
  /** By update: 1 where all bundles that hold it are gone, 0 where one is still there. */
  #goneHolders: ReadonlyMap<number, number> = new Map();
  #supersedence: ReadonlyMap<number, number> = new Map();

  constructor(parts: { facts: EvaluationFacts; rules: EvaluationRules; tree: BundleTree }) {
    this.#facts = parts.facts;
    this.#rules = parts.rules;
    this.#tree = parts.tree;
  }

  *result(): Steps<ReadonlyMap<number, EvaluatedUpdate>> {
    const tree = this.#tree;
    this.#goneHolders = yield* tree.lowestRanks((bundle) => Number(this.#rules.isGone(bundle)));
    const supersedes = (key: number): boolean => tree.isSelected(key) && this.#standing(key) === EXPIRY.none;
    this.#supersedence = yield* findSupersedence(this.#facts, { keys: tree.keys, supersedes });
    const reasons = yield* tree.lowestRanks((bundle) => this.#ownReason(bundle));
    const result = new Map<number, EvaluatedUpdate>();
    for (const key of tree.keys) {
      const latest = this.#facts.latest.get(key);
      if (latest !== undefined)
        result.set(key, tree.isVisible(key) ? this.#visible(key, latest) : this.#hidden(key, latest, reasons));
      yield;
    }
    return result;
  }

  #visible(key: number, latest: CandidateRevision): EvaluatedUpdate {
    const [standing, reason] = [this.#standing(key), this.#ownReason(key)];
    return this.#evaluated(key, { revision: latest, isHidden: false, standing, reason });
  }

  /**
   * A hidden child goes with its bundles, whatever its own document says; of several revisions they hold it has the
   * highest.
   */
  #hidden(key: number, latest: CandidateRevision, reasons: ReadonlyMap<number, number>): EvaluatedUpdate {
    const reason = reasons.get(key) ?? this.#standing(key);
    const revision = this.#tree.heldRevision(key) ?? latest;
    return this.#evaluated(key, { revision, isHidden: true, standing: reason, reason });
  }

  /** Written out: two objects that are spread into a third take twice the memory of one. */
  #evaluated(
    key: number,
    { revision, isHidden, standing, reason }: Pick<EvaluatedUpdate, 'revision' | 'isHidden' | 'standing' | 'reason'>,
  ): EvaluatedUpdate {
    return {
      revision,
      isHidden,
      isBundle: revision.members.length > 0,
      standing,
      reason,
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
    return this.#rules.isGone(key) && this.#goneHolders.get(key) !== 0;
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
