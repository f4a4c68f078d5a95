import { createRevisionTest } from '../hierarchy/createRevisionTest.js';
import { orderedClosure } from '../hierarchy/orderedClosure.js';
import type { RevisionFilter } from '../upstream/Source.js';
import type { CatalogueEntry } from './CatalogueEntry.js';
import type { CatalogueIndex } from './CatalogueIndex.js';

/**
 * The entries a filter selects: of the configuration what changed, every revision of it; of the updates the latest
 * revisions that the filter means, with what they need.
 */
export function matchingEntries(index: CatalogueIndex, filter: RevisionFilter, since: number): CatalogueEntry[] {
  if (filter.config) return select(index, (entry) => entry.isConfiguration && entry.change > since);
  const test = createRevisionTest<string>(filter, {
    since,
    keyOf: (id) => id,
    below: (id) => index.categoriesBelow(id),
  });
  const newest = newestChange(index);
  const selected = select(
    index,
    (entry) =>
      !entry.isConfiguration &&
      index.isLatest(entry) &&
      test(entry.change > since ? entry.change : newest(entry), entry.memberships),
  );
  return orderedClosure(selected, (entry) => neededBy(index, entry));
}

/**
 * The change of an entry or of the last of its children, on whatever level: a bundle whose child comes late is new to
 * whoever had it without.
 */
function newestChange(index: CatalogueIndex): (entry: CatalogueEntry) => number {
  const known = new Map<CatalogueEntry, number>();
  const changeOf = (entry: CatalogueEntry): number => {
    const before = known.get(entry);
    if (before !== undefined) return before;
    known.set(entry, entry.change);
    const change = entry.bundled.reduce((last, child) => {
      const found = index.get(child);
      return found === undefined ? last : Math.max(last, changeOf(found));
    }, entry.change);
    known.set(entry, change);
    return change;
  };
  return changeOf;
}

function select(index: CatalogueIndex, test: (entry: CatalogueEntry) => boolean): CatalogueEntry[] {
  const selected: CatalogueEntry[] = [];
  for (const entry of index.entries()) if (test(entry)) selected.push(entry);
  return selected;
}

/** The latest revisions of prerequisites that are updates, and the children in their exact revisions. */
function neededBy(index: CatalogueIndex, entry: CatalogueEntry): CatalogueEntry[] {
  const named = [
    ...entry.prerequisites.map((id) => index.latest(id)),
    ...entry.bundled.map((child) => index.get(child)),
  ];
  return named.filter((found) => found !== undefined && !found.isConfiguration) as CatalogueEntry[];
}
