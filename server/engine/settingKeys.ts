import type { ComponentSettings } from './ComponentSettings.js';

/** The supersedence rules. */
export function rulesKey(settings: ComponentSettings): string {
  return JSON.stringify([
    settings.immediatelyExpireSupersedence,
    settings.waitMonth,
    settings.immediatelyExpireSupersedenceForFeature,
    settings.waitMonthForFeature,
  ]);
}

/** The subscription as far as it decides which updates the site holds. */
export function subscriptionKey(settings: ComponentSettings): string {
  const { selected, pending } = settings.subscription;
  return JSON.stringify([
    Object.entries(selected).map(([type, ids]) => [type, [...ids].sort()]),
    pending.length,
    settings.summaryLanguages,
  ]);
}
