/** So many updates may be missing without a question, whatever share they are. */
const UNQUESTIONED = 50;

/** How many of the live updates that a full list should name it does not name. */
interface MissingShare {
  readonly missing: number;
  readonly live: number;
  readonly limitPercent: number;
}

/** True when so many updates are missing that the upstream is rather broken than right. */
export function isMassExpiry({ missing, live, limitPercent }: MissingShare): boolean {
  if (missing === 0) return false;
  return missing === live || (missing > UNQUESTIONED && missing * 100 > live * limitPercent);
}

/**
 * What is known of the selected categories and of the categories that the upstream has just listed; ids in lower case.
 */
interface ListedCategories {
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
