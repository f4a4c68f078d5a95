import { createRevisionTest, orderedClosure } from '../downstream/revisionFilter.js';
import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { atOnce } from '../platform/inTurns.js';
import type { RevisionFilter } from '../wire/getRevisionIdList.js';
import type { CatalogueEntry } from './CatalogueEntry.js';

/** The documents of a catalogue in their order, by revision and by update. */
export class CatalogueIndex {
  readonly #byKey = new Map<string, CatalogueEntry>();
  readonly #latest = new Map<string, CatalogueEntry>();
  readonly #children = new Map<string, Set<string>>();

  get size(): number {
    return this.#byKey.size;
  }

  /** All entries, in the order they came. */
  entries(): IterableIterator<CatalogueEntry> {
    return this.#byKey.values();
  }

  get(identity: UpdateIdentity): CatalogueEntry | undefined {
    return this.#byKey.get(identityKey(identity)) ?? this.#byKey.get(identityKey(identity).toLowerCase());
  }

  latest(updateId: string): CatalogueEntry | undefined {
    return this.#latest.get(updateId.toLowerCase());
  }

  isLatest(entry: CatalogueEntry): boolean {
    return this.#latest.get(entry.identity.updateId) === entry;
  }

  /** Ids of the categories directly below a category. */
  categoriesBelow(categoryId: string): Iterable<string> {
    return this.#children.get(categoryId) ?? [];
  }

  add(entry: CatalogueEntry): void {
    // A revision that comes again is a new one for whoever synchronizes: it moves to the end.
    this.#byKey.delete(entry.key);
    this.#byKey.set(entry.key, entry);
    const { updateId, revisionNumber } = entry.identity;
    const known = this.#latest.get(updateId);
    if (known === undefined || known.identity.revisionNumber <= revisionNumber) this.#latest.set(updateId, entry);
    if (entry.isConfiguration) this.#noteParents(entry);
  }

  /** Takes out every revision of an update. */
  remove(updateId: string): void {
    const id = updateId.toLowerCase();
    for (const entry of [...this.#byKey.values()]) if (entry.identity.updateId === id) this.#byKey.delete(entry.key);
    this.#latest.delete(id);
  }

  #noteParents(entry: CatalogueEntry): void {
    for (const parent of entry.memberships) {
      const below = this.#children.get(parent) ?? new Set();
      this.#children.set(parent, below.add(entry.identity.updateId));
    }
  }
}

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
