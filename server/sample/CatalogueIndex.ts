import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { identityKey } from '../metadata/UpdateIdentity.js';
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
