import { CLASSIFICATION } from '../criteria/classifications.js';
import { expiresBySupersedence, type SupersedenceRules } from '../criteria/supersedenceRules.js';
import type { EvaluationRules } from '../criteria/UpdateEvaluation.js';
import { EXPIRY, type CategoryRow, type SoftwareUpdateRow } from '../store/rows.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import type { SyncJob } from './SyncJob.js';

/** The supersedence rules of the component with the keys of the classifications they tell apart. */
export function supersedenceRules(categories: readonly CategoryRow[], settings: ComponentSettings): SupersedenceRules {
  const keyOf = (updateId: string): number | undefined =>
    categories.find((category) => category.updateId === updateId)?.updateKey;
  return {
    feature: {
      immediately: settings.immediatelyExpireSupersedenceForFeature,
      waitMonths: settings.waitMonthForFeature,
    },
    nonFeature: { immediately: settings.immediatelyExpireSupersedence, waitMonths: settings.waitMonth },
    upgradesKey: keyOf(CLASSIFICATION.upgrades),
    definitionUpdatesKey: keyOf(CLASSIFICATION.definitionUpdates),
  };
}

/** A hidden child has the reason of its bundles, which says nothing of itself. */
function wasGone(row: SoftwareUpdateRow | undefined): boolean {
  return row !== undefined && !row.isHidden && row.standing === EXPIRY.upstream;
}

/** What the evaluation needs to know of the site and of the run. */
export interface EvaluationSetting {
  readonly categories: readonly CategoryRow[];
  readonly stored: ReadonlyMap<number, SoftwareUpdateRow>;
  readonly rules: SupersedenceRules;
}

/**
 * The rules of one evaluation: the subscription, the supersedence rules at this moment, and what the upstream has
 * named.
 */
export async function evaluationRules(
  job: SyncJob,
  { categories, stored, rules }: EvaluationSetting,
): Promise<EvaluationRules> {
  const keysOf = (type: string): Set<number> =>
    new Set(categories.filter((row) => row.isSubscribed && row.typeName === type).map((row) => row.updateKey));
  const now = job.context.now().getTime();
  const listed =
    job.listed === undefined ? undefined : new Set((await job.context.database.updateKeys([...job.listed])).values());
  const relisted = new Set((await job.context.database.updateKeys([...(job.relisted ?? [])])).values());
  return {
    products: keysOf('Product'),
    classifications: keysOf('UpdateClassification'),
    isGone: (key) => (listed === undefined ? wasGone(stored.get(key)) && !relisted.has(key) : !listed.has(key)),
    expiresBySupersedence: (categoryKeys, since) => expiresBySupersedence({ categoryKeys, since }, rules, now),
  };
}
