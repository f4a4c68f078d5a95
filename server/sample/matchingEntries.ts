import { createRevisionTest, orderedClosure } from '../downstream/revisionFilter.js';
import { atOnce } from '../platform/inTurns.js';
import type { RevisionFilter } from '../wire/getRevisionIdList.js';
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
  return atOnce(orderedClosure(selected, (entry) => neededBy(index, entry)));
}

/**
 * The change of an entry or of the last of its children, on whatever level: a bundle whose child comes late is new to
 * whoever had it without.
 */
function newestChange(index: CatalogueIndex): (entry: CatalogueEntry) => number {
  let known: ReadonlyMap<CatalogueEntry, number> | undefined;
  return (entry) => (known ??= newestChanges(index)).get(entry) ?? entry.change;
}

/** From the newest entry to the oldest: each gives its change to all bundles above it that have none yet. */
function newestChanges(index: CatalogueIndex): ReadonlyMap<CatalogueEntry, number> {
  const bundles = bundlesOf(index);
  const newest = new Map<CatalogueEntry, number>();
  for (const changed of byChange(index)) {
    const waiting = [changed];
    for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
      if (newest.has(entry)) continue;
      newest.set(entry, changed.change);
      for (const bundle of bundles.get(entry) ?? []) waiting.push(bundle);
    }
  }
  return newest;
}

function byChange(index: CatalogueIndex): CatalogueEntry[] {
  return [...index.entries()].sort((one, other) => other.change - one.change);
}

function bundlesOf(index: CatalogueIndex): ReadonlyMap<CatalogueEntry, readonly CatalogueEntry[]> {
  const bundles = new Map<CatalogueEntry, CatalogueEntry[]>();
  for (const bundle of index.entries())
    for (const child of bundle.bundled.flatMap((identity) => index.get(identity) ?? [])) {
      const known = bundles.get(child);
      if (known === undefined) bundles.set(child, [bundle]);
      else known.push(bundle);
    }
  return bundles;
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
