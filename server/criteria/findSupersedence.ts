import type { Steps } from '../platform/inTurns.js';
import { EXPIRY } from '../store/rows.js';
import type { EvaluationFacts } from './UpdateEvaluation.js';

/** The updates that are looked at, and which of them supersede what they name: selected, and of good standing. */
export interface SupersedenceContext {
  readonly keys: ReadonlySet<number>;
  readonly supersedes: (updateKey: number) => boolean;
}

/**
 * The superseded ones of the updates, each with the creation date of the oldest newer update that supersedes it, 0
 * where none is newer. An update supersedes while its standing is good: also when a supersedence rule alone has
 * expired it.
 */
export function* findSupersedence(
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
