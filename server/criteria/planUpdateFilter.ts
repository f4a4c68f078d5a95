import type { FilterEntry, RevisionFilter } from '../upstream/Source.js';

/** The filter of the updates as it was when the anchor was obtained. */
export interface StoredFilter {
  readonly categories: readonly string[];
  readonly classifications: readonly string[];
  readonly languages: readonly number[];
}

/** An anchor and what it was obtained for. */
export interface StoredAnchor {
  readonly anchor: string;
  readonly filter: StoredFilter;
}

/**
 * What to ask for: everything that was asked for before with Delta=true, what is new in the selection with Delta=false,
 * all of it with Delta=false in a full synchronization, then without an anchor, because one of the future would give
 * nothing
 * (wsus-protocol section 1.4, GetRevisionIdList).
 */
export function planUpdateFilter(
  wanted: StoredFilter,
  stored: StoredAnchor | undefined,
  full: boolean,
): RevisionFilter {
  const entries = <Id>(ids: readonly Id[], before: readonly Id[] | undefined): FilterEntry<Id>[] => {
    const known = new Set(full ? [] : before);
    return ids.map((id) => ({ id, delta: known.has(id) }));
  };
  return {
    config: false,
    anchor: full ? '' : (stored?.anchor ?? ''),
    categories: entries(wanted.categories, stored?.filter.categories),
    classifications: entries(wanted.classifications, stored?.filter.classifications),
    languages: entries(wanted.languages, stored?.filter.languages),
  };
}
