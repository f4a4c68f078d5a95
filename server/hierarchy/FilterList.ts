import type { FilterEntry } from '../upstream/Source.js';

/** How a filter list sees an update: not at all, for its changes only, or whole. */
export type FilterMatch = 'none' | 'changes' | 'whole';

/** One list of a filter, with the categories below the listed ones; ids nobody knows have no effect. */
export class FilterList<Key> {
  readonly #deltas = new Map<Key, boolean>();

  constructor(
    entries: readonly FilterEntry<Key>[],
    private readonly below: (key: Key) => Iterable<Key>,
  ) {
    for (const entry of entries) this.#add(entry.id, entry.delta);
  }

  match(memberships: readonly Key[]): FilterMatch {
    let found: FilterMatch = 'none';
    for (const id of memberships) {
      const delta = this.#deltas.get(id);
      if (delta === false) return 'whole';
      if (delta === true) found = 'changes';
    }
    return found;
  }

  #add(id: Key, delta: boolean): void {
    const known = this.#deltas.get(id);
    // Asked for whole and for changes, it is given whole; this also ends a cycle.
    if (known !== undefined && (delta || !known)) return;
    this.#deltas.set(id, delta);
    for (const child of this.below(id)) this.#add(child, delta);
  }
}
