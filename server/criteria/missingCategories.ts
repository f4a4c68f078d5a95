/**
 * What is known of the selected categories and of the categories that the upstream has just listed; ids in lower case.
 */
export interface ListedCategories {
  readonly selected: readonly string[];
  /** Those that were missing so far. */
  readonly missing: readonly string[];
  readonly listed: ReadonlySet<string>;
  /** True when the list names everything the upstream has, false when it names changes only. */
  readonly isComplete: boolean;
}

/**
 * The selected categories that the upstream does not offer: only a complete list can say so, any list can bring one
 * back.
 */
export function missingCategories({ selected, missing, listed, isComplete }: ListedCategories): readonly string[] {
  const known = new Set(missing);
  return selected.filter((id) => !listed.has(id) && (isComplete || known.has(id)));
}
