import { EXPIRY } from '../store/rows.js';
import { BundleTree, type DerivedReasons } from './BundleTree.js';
import { findSupersedence } from './findSupersedence.js';
import { matchesSubscription } from './matchesSubscription.js';
import type { CandidateRevision, EvaluatedUpdate, EvaluationFacts, EvaluationRules } from './UpdateEvaluation.js';

/** What an update is before supersedence is looked at. */
interface Standing {
  readonly revision: CandidateRevision;
  readonly isHidden: boolean;
  readonly standing: number;
}

/**
 * What each update is: a function of the catalogue, the subscription, the rules and the time (docs/life-of-an-update.md).
 * Updates that are neither selected nor held by a bundle nor known to the site are not in the result.
 */
export function evaluateUpdates(facts: EvaluationFacts, rules: EvaluationRules): ReadonlyMap<number, EvaluatedUpdate> {
  const tree = new BundleTree(facts, (update) => update.isDeployable && matchesSubscription(update.categoryKeys, rules));
  const standings = standingsOf(facts, tree, rules);
  const supersedence = findSupersedence(facts, standings);
  const reasons = reasonsOf(facts, tree, { standings, supersedence, rules });
  return new Map([...standings].map(([key, update]) => [key, {
    ...update, isBundle: update.revision.members.length > 0, reason: reasons.get(key) ?? update.standing, isSuperseded: supersedence.has(key), supersededSince: supersedence.get(key) ?? 0,
  }]));
}

function standingsOf(facts: EvaluationFacts, tree: BundleTree, rules: EvaluationRules): Map<number, Standing> {
  const standings = new Map([...tree.current].map(([key, revision]) => [key, standingAlone(key, revision, { facts, tree, rules })]));
  const reasons: DerivedReasons = {
    reasonOf: (key) => standings.get(key)?.standing ?? facts.stored.get(key)?.standing ?? EXPIRY.subscription,
    isDerived: (key) => {
      const update = standings.get(key);
      return update !== undefined && !update.revision.isExpired && !tree.isSelected(key) && tree.isHeld(key);
    },
  };
  return new Map([...standings].map(([key, update]) => [key, reasons.isDerived(key) ? { ...update, standing: tree.ofHolders(key, reasons) } : update]));
}

/** The first reason that holds, bundles apart. */
function standingAlone(key: number, revision: CandidateRevision, context: { facts: EvaluationFacts; tree: BundleTree; rules: EvaluationRules }): Standing {
  const { facts, tree, rules } = context;
  const isSelected = tree.isSelected(key);
  const isHidden = !isSelected && (tree.isHeld(key) || facts.stored.get(key)?.isHidden === true);
  if (revision.isExpired) return { revision, isHidden, standing: EXPIRY.publisher };
  if (!isSelected) return { revision, isHidden, standing: EXPIRY.subscription };
  return { revision, isHidden, standing: rules.isGone(key) ? EXPIRY.upstream : EXPIRY.none };
}

interface ReasonContext {
  readonly standings: ReadonlyMap<number, Standing>;
  readonly supersedence: ReadonlyMap<number, number>;
  readonly rules: EvaluationRules;
}

/** The standing, or expired by rule; a hidden child has no rule of its own, it goes with its bundles. */
function reasonsOf(facts: EvaluationFacts, tree: BundleTree, { standings, supersedence, rules }: ReasonContext): ReadonlyMap<number, number> {
  const own = new Map([...standings].map(([key, { revision, isHidden, standing }]) => {
    const since = supersedence.get(key);
    const expires = standing === EXPIRY.none && !isHidden && since !== undefined && rules.expiresBySupersedence(revision.categoryKeys, since);
    return [key, expires ? EXPIRY.supersedence : standing];
  }));
  const reasons: DerivedReasons = {
    reasonOf: (key) => own.get(key) ?? facts.stored.get(key)?.expiryReason ?? EXPIRY.subscription,
    isDerived: (key) => own.get(key) === EXPIRY.none && standings.get(key)?.isHidden === true && tree.isHeld(key),
  };
  return new Map([...own].map(([key, reason]) => [key, reasons.isDerived(key) ? tree.ofHolders(key, reasons) : reason]));
}
