import type { FilterEntry } from '../wire/fields.js';

/** How a filter list sees an update: not at all, for its changes only, or whole. */
export type FilterMatch = 'none' | 'changes' | 'whole';

/** One list of a filter, with the categories below the listed ones; ids nobody knows have no effect. */
export class FilterList<Key> {
  readonly #deltas = new Map<Key, boolean>();

  constructor(
    entries: readonly FilterEntry<Key>[],
    private readonly below: (key: Key) => Iterable<Key>,
  ) {
    // Asked for whole and for changes, a category is given whole: once it is entered it is done.
    for (const entry of entries) if (!entry.delta) this.#add(entry);
    for (const entry of entries) if (entry.delta) this.#add(entry);
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

  #add({ id, delta }: FilterEntry<Key>): void {
    for (const waiting = [id]; ;) {
      const next = waiting.pop();
      if (next === undefined) return;
      if (this.#deltas.has(next)) continue;
      this.#deltas.set(next, delta);
      for (const child of this.below(next)) waiting.push(child);
    }
  }
}
