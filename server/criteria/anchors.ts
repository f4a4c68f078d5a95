import type { RevisionFilter } from '../wire/getRevisionIdList.js';
import type { FilterEntry } from '../wire/fields.js';

/** An anchor as Windows writes it; the counter before the comma does not count (wsus-protocol section 1.4). */
const WINDOWS_FORM = /^(?:\d+,)?(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.(\d{1,9}))?$/;

/**
 * Tells whether an anchor stands for an earlier moment than another: an upstream that answers so was restored from a
 * backup, and lists nothing until it has passed the later one. Anchors of another form are opaque, never earlier.
 */
export function isEarlierAnchor(anchor: string, than: string): boolean {
  const [one, other] = [momentOf(anchor), momentOf(than)];
  return one !== undefined && other !== undefined && one < other;
}

/** A text that sorts as the time does. */
function momentOf(anchor: string): string | undefined {
  const match = WINDOWS_FORM.exec(anchor.trim());
  return match === null ? undefined : `${match[1]}.${(match[2] ?? '').padEnd(9, '0')}`;
}

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
