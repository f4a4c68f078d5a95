import { maxRunTimeOf } from '../criteria/classifications.js';
import type { CategoryRow } from '../store/rows.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';

/**
 * Gives the default maximum run time in seconds of an update with these category keys, from what the component says for
 * its kind.
 */
export function maxRunTimes(
  categories: readonly CategoryRow[],
  settings: ComponentSettings,
): (categoryKeys: readonly number[]) => number {
  const familiesOf = withAncestors(categories);
  const defaults = {
    feature: settings.featureUpdateMaxRuntimeMins,
    nonFeature: settings.nonFeatureUpdateMaxRuntimeMins,
    nonWindows: settings.nonWindowsUpdateMaxRuntimeMins,
  };
  return (categoryKeys) =>
    maxRunTimeOf(
      categoryKeys.flatMap((key) => familiesOf.get(key) ?? []),
      defaults,
    ) * 60;
}

/** For each category its own id and those of everything above it. */
function withAncestors(categories: readonly CategoryRow[]): ReadonlyMap<number, readonly string[]> {
  const byId = new Map(categories.map((row) => [row.categoryId, row]));
  return new Map(
    categories.map((row) => {
      const ids: string[] = [];
      for (let at: CategoryRow | undefined = row; at !== undefined && ids.length < 16; at = byId.get(at.parentId))
        ids.push(at.updateId);
      return [row.updateKey, ids];
    }),
  );
}
