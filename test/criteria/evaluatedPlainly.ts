import { EXPIRY } from '../../server/criteria/SoftwareUpdateRow.js';
import type { CandidateRevision } from '../../server/criteria/CandidateRevision.js';
import type { EvaluatedUpdate, EvaluationRules } from '../../server/criteria/UpdateEvaluation.js';
import type { PlainFacts } from './plainFacts.js';

type Verdict = Pick<EvaluatedUpdate, 'isHidden' | 'standing' | 'reason'> & { readonly revisionId: number };

/** The rules of bundles said plainly, without a thought of speed: every bundle is walked alone. No supersedence. */
export function evaluatedPlainly(facts: PlainFacts, rules: EvaluationRules): Record<number, Verdict> {
  const { latest, stored } = facts;
  const isSelected = (key: number): boolean => {
    const update = latest.get(key);
    const names = (keys: ReadonlySet<number>): boolean => update?.categoryKeys.some((one) => keys.has(one)) === true;
    return update?.isDeployable === true && names(rules.products) && names(rules.classifications);
  };
  const all = [...latest.keys()];
  const known = all.filter((key) => stored.has(key));
  const selected = all.filter(isSelected);
  const childrenOf = (roots: readonly number[]): Set<number> =>
    new Set(roots.flatMap((root) => membersOf(facts, root).map((member) => member.updateKey)));
  const listed = [...new Set([...selected, ...known.filter((key) => stored.get(key)?.isHidden === false)])];
  const behindListed = childrenOf(listed);
  const isVisible = (key: number): boolean => listed.includes(key) && (isSelected(key) || !behindListed.has(key));
  const keys = [...new Set([...selected, ...known, ...[...childrenOf(selected)].filter((key) => latest.has(key))])];
  const held = childrenOf(keys);
  const tops = keys.filter((key) => isVisible(key) || !held.has(key));
  const holdersOf = (key: number): { root: number; revision: CandidateRevision }[] =>
    tops.flatMap((root) =>
      membersOf(facts, root)
        .filter((member) => member.updateKey === key)
        .map((revision) => ({ root, revision })),
    );
  const standing = (key: number): number => {
    if (latest.get(key)?.isExpired === true) return EXPIRY.publisher;
    if (!isSelected(key)) return EXPIRY.subscription;
    const isGone = rules.isGone(key) && holdersOf(key).every(({ root }) => rules.isGone(root));
    return isGone ? EXPIRY.upstream : EXPIRY.none;
  };
  const verdictOf = (key: number): Verdict => {
    const revisionId = latest.get(key)?.revisionId ?? 0;
    if (isVisible(key)) return { revisionId, isHidden: false, standing: standing(key), reason: standing(key) };
    const holders = holdersOf(key);
    const reason = holders.length === 0 ? standing(key) : Math.min(...holders.map(({ root }) => standing(root)));
    const highest = holders.map(({ revision }) => revision).sort((a, b) => b.revisionNumber - a.revisionNumber)[0];
    return { revisionId: highest?.revisionId ?? revisionId, isHidden: true, standing: reason, reason };
  };
  return Object.fromEntries(keys.filter((key) => latest.has(key)).map((key) => [key, verdictOf(key)]));
}

function membersOf(facts: PlainFacts, root: number): CandidateRevision[] {
  const latest = facts.latest.get(root);
  const found = new Set<CandidateRevision>();
  const walk = (revision: CandidateRevision): void => {
    for (const { revisionId } of revision.members) {
      const member = facts.held.get(revisionId ?? -1);
      if (member === undefined || member === latest || found.has(member)) continue;
      found.add(member);
      walk(member);
    }
  };
  if (latest !== undefined) walk(latest);
  return [...found].filter((member) => member.updateKey !== root);
}
