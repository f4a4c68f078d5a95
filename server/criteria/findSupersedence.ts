import { EXPIRY } from '../store/rows.js';
import type { CandidateRevision, EvaluationFacts } from './UpdateEvaluation.js';

/**
 * The superseded ones of the updates, each with the creation date of the oldest newer update that supersedes it, 0 where none
 * is newer. An update supersedes while its standing is good: also when a supersedence rule alone has expired it.
 */
export function findSupersedence(
  facts: EvaluationFacts, standings: ReadonlyMap<number, { readonly revision: CandidateRevision; readonly standing: number }>,
): ReadonlyMap<number, number> {
  const since = new Map<number, number>();
  const note = (update: number, by: { key: number; firstCreated: number }): void => {
    const superseded = standings.get(update)?.revision;
    if (superseded === undefined || by.key === update) return;
    const before = since.get(update) ?? 0;
    const isNewer = by.firstCreated > superseded.firstCreated;
    since.set(update, isNewer && (before === 0 || by.firstCreated < before) ? by.firstCreated : before);
  };
  for (const [key, { revision, standing }] of standings) {
    if (standing === EXPIRY.none) for (const update of revision.supersedes) note(update, { key, firstCreated: revision.firstCreated });
  }
  for (const { update, by, firstCreated } of facts.supersedence) {
    if (facts.stored.get(by)?.standing === EXPIRY.none) note(update, { key: by, firstCreated });
  }
  return since;
}
