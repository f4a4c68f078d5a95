import type { FilterEntry } from '../upstream/Source.js';
import type { CatalogueIndex } from './CatalogueIndex.js';

/** How a filter list sees an update: not at all, for its changes only, or whole. */
export type FilterMatch = 'none' | 'changes' | 'whole';

/** One list of a filter, with the categories below the listed ones; ids nobody knows have no effect. */
export class FilterList {
  readonly #deltas = new Map<string, boolean>();

  constructor(entries: readonly FilterEntry<string>[], index: CatalogueIndex) {
    for (const entry of entries) this.#add(entry.id.toLowerCase(), entry.delta, index);
  }

  match(memberships: readonly string[]): FilterMatch {
    let found: FilterMatch = 'none';
    for (const id of memberships) {
      const delta = this.#deltas.get(id);
      if (delta === false) return 'whole';
      if (delta === true) found = 'changes';
    }
    return found;
  }

  #add(id: string, delta: boolean, index: CatalogueIndex): void {
    const known = this.#deltas.get(id);
    // Asked for whole and for changes, it is given whole; this also ends a cycle.
    if (known !== undefined && (delta || !known)) return;
    this.#deltas.set(id, delta);
    for (const below of index.categoriesBelow(id)) this.#add(below, delta, index);
  }
}
