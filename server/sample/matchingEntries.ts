import type { FilterEntry, RevisionFilter } from '../upstream/Source.js';
import type { CatalogueEntry } from './CatalogueEntry.js';
import type { CatalogueIndex } from './CatalogueIndex.js';
import { FilterList } from './FilterList.js';

/** The two lists that decide, without their ids' spelling. */
type Lists = Pick<RevisionFilter, 'categories' | 'classifications'>;

/**
 * The entries a filter selects (wsus-protocol section 1.4). Configuration: what changed, every revision of it. Updates: one of
 * the categories and one of the classifications; only one list given selects nothing, neither selects everything.
 */
export function matchingEntries(index: CatalogueIndex, filter: RevisionFilter, since: number): CatalogueEntry[] {
  if (filter.config) return select(index, (entry) => entry.isConfiguration && entry.change > since);
  return closed(index, select(index, updateTest(index, filter, since)));
}

function select(index: CatalogueIndex, test: (entry: CatalogueEntry) => boolean): CatalogueEntry[] {
  const selected: CatalogueEntry[] = [];
  for (const entry of index.entries()) if (test(entry)) selected.push(entry);
  return selected;
}

function updateTest(index: CatalogueIndex, lists: Lists, since: number): (entry: CatalogueEntry) => boolean {
  const isOffered = (entry: CatalogueEntry): boolean => !entry.isConfiguration && index.isLatest(entry);
  if (isEmpty(lists.categories) && isEmpty(lists.classifications)) return (entry) => isOffered(entry) && entry.change > since;
  if (isEmpty(lists.categories) || isEmpty(lists.classifications)) return () => false;
  const categories = new FilterList(lists.categories, index);
  const classifications = new FilterList(lists.classifications, index);
  return (entry) => {
    if (!isOffered(entry)) return false;
    const category = categories.match(entry.memberships);
    const classification = category === 'none' ? 'none' : classifications.match(entry.memberships);
    if (classification === 'none') return false;
    return entry.change > since || category === 'whole' || classification === 'whole';
  };
}

function isEmpty(list: readonly FilterEntry<string>[]): boolean {
  return list.length === 0;
}

/** Adds the children of bundles, on all levels and in their exact revisions, each before its bundle. */
function closed(index: CatalogueIndex, selected: readonly CatalogueEntry[]): CatalogueEntry[] {
  const listed = new Set<CatalogueEntry>();
  const open = new Set<CatalogueEntry>();
  const list = (entry: CatalogueEntry): void => {
    if (listed.has(entry) || open.has(entry)) return;
    // A bundle that contains itself must not hang the server.
    open.add(entry);
    for (const child of entry.bundled) {
      const found = index.get(child);
      if (found !== undefined) list(found);
    }
    listed.add(entry);
  };
  for (const entry of selected) list(entry);
  return [...listed];
}
