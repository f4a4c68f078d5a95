import { createRevisionTest } from '../hierarchy/createRevisionTest.js';
import { orderedClosure } from '../hierarchy/orderedClosure.js';
import type { RevisionFilter } from '../upstream/Source.js';
import type { CatalogueEntry } from './CatalogueEntry.js';
import type { CatalogueIndex } from './CatalogueIndex.js';

/** The entries a filter selects: of the configuration what changed, every revision of it; of the updates the latest revisions that the filter means, with what they need. */
export function matchingEntries(index: CatalogueIndex, filter: RevisionFilter, since: number): CatalogueEntry[] {
  if (filter.config) return select(index, (entry) => entry.isConfiguration && entry.change > since);
  const test = createRevisionTest<string>(filter, { since, keyOf: (id) => id, below: (id) => index.categoriesBelow(id) });
  const selected = select(index, (entry) => !entry.isConfiguration && index.isLatest(entry) && test(entry.change, entry.memberships));
  return orderedClosure(selected, (entry) => neededBy(index, entry));
}

function select(index: CatalogueIndex, test: (entry: CatalogueEntry) => boolean): CatalogueEntry[] {
  const selected: CatalogueEntry[] = [];
  for (const entry of index.entries()) if (test(entry)) selected.push(entry);
  return selected;
}

/** The latest revisions of prerequisites that are updates, and the children in their exact revisions. */
function neededBy(index: CatalogueIndex, entry: CatalogueEntry): CatalogueEntry[] {
  const named = [...entry.prerequisites.map((id) => index.latest(id)), ...entry.bundled.map((child) => index.get(child))];
  return named.filter((found) => found !== undefined && !found.isConfiguration) as CatalogueEntry[];
}
