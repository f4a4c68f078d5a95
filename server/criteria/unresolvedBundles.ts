/** A bundle by its key, and for each clause the keys of which one must be there. */
export interface BundleClauses {
  readonly key: string;
  readonly clauses: readonly (readonly string[])[];
}

/** A bundle that cannot be complete, and a revision that it lacks. */
export interface UnresolvedBundle {
  readonly key: string;
  readonly lacks: string;
}

/** Bundles hold bundles; deeper than this nothing real goes. */
const MAX_LEVELS = 16;

/**
 * The bundles of which a clause has no member that there is; a bundle that is lacking itself counts as not there for
 * those that hold it.
 */
export function unresolvedBundles(
  bundles: readonly BundleClauses[],
  isThere: (key: string) => boolean,
): readonly UnresolvedBundle[] {
  const unresolved = new Map<string, UnresolvedBundle>();
  const has = (key: string): boolean => isThere(key) && !unresolved.has(key);
  for (let before = -1, level = 0; before < unresolved.size && level < MAX_LEVELS; level += 1) {
    before = unresolved.size;
    for (const { key, clauses } of bundles) {
      const lacking = unresolved.has(key)
        ? undefined
        : clauses.find((clause) => clause.length > 0 && !clause.some(has));
      if (lacking !== undefined) unresolved.set(key, { key, lacks: lacking[0] ?? key });
    }
  }
  return [...unresolved.values()];
}
