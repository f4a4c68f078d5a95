/**
 * The supersedence rules of the component, and the keys of the classifications they tell apart. Months count from a
 * date in ms.
 */
export interface SupersedenceRules {
  readonly feature: SupersedenceRule;
  readonly nonFeature: SupersedenceRule;
  /**
   * Key of the classification Upgrades, and of the one whose updates never expire by rule; undefined where it is not
   * known.
   */
  readonly upgradesKey: number | undefined;
  readonly definitionUpdatesKey: number | undefined;
}

/** One rule: at once, or so many months after the superseding update was created. */
interface SupersedenceRule {
  readonly immediately: boolean;
  readonly waitMonths: number;
}

/**
 * True when a superseded update expires by rule (configmgr.md section 4.7). `since` is the creation date of the
 * superseding
 * update, 0 where no newer one supersedes it.
 */
export function expiresBySupersedence(
  update: { readonly categoryKeys: readonly number[]; readonly since: number },
  rules: SupersedenceRules,
  now: number,
): boolean {
  const has = (key: number | undefined): boolean => key !== undefined && update.categoryKeys.includes(key);
  if (update.since === 0 || has(rules.definitionUpdatesKey)) return false;
  const rule = has(rules.upgradesKey) ? rules.feature : rules.nonFeature;
  return rule.immediately || addMonths(update.since, rule.waitMonths) <= now;
}

/** Days of the shortest month, in ms. */
const SHORTEST_MONTH = 28 * 24 * 60 * 60 * 1000;

/** What has been superseded since a later time (ms) expires by no rule yet; what is older may. */
export function latestDue({ feature, nonFeature }: SupersedenceRules, now: number): number {
  const times = [feature, nonFeature].map(({ immediately, waitMonths }) =>
    immediately ? Number.MAX_SAFE_INTEGER : now - waitMonths * SHORTEST_MONTH,
  );
  return Math.max(...times);
}

/** The same day and time so many months later in UTC, or the last day of a shorter month. */
export function addMonths(time: number, months: number): number {
  const date = new Date(time);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  const timeOfDay = time - Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  return first + (Math.min(date.getUTCDate(), lastDay) - 1) * 24 * 60 * 60 * 1000 + timeOfDay;
}
