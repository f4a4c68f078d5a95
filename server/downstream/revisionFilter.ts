import type { Steps } from '../platform/inTurns.js';
import type { FilterEntry } from '../wire/fields.js';
import type { RevisionFilter } from '../wire/getRevisionIdList.js';

/** How a filter list sees an update: not at all, for its changes only, or whole. */
type FilterMatch = 'none' | 'changes' | 'whole';

/** One list of a filter, with the categories below the listed ones; ids nobody knows have no effect. */
export class FilterList<Key> {
  readonly #below: (key: Key) => Iterable<Key>;
  readonly #deltas = new Map<Key, boolean>();

  constructor(entries: readonly FilterEntry<Key>[], below: (key: Key) => Iterable<Key>) {
    this.#below = below;
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
      for (const child of this.#below(next)) waiting.push(child);
    }
  }
}

/**
 * What a filter is read with: the change its anchor stands for, the keys of category ids (undefined for ids nobody
 * knows), and the categories below one.
 */
interface RevisionTestOptions<Key> {
  readonly since: number;
  readonly keyOf: (id: string) => Key | undefined;
  readonly below: (key: Key) => Iterable<Key>;
}

/** Tells whether a filter selects an update by the change that brought it and the categories it names. */
export type RevisionTest<Key> = (change: number, memberships: readonly Key[]) => boolean;

/**
 * The test of a filter for updates (wsus-protocol section 1.4, MS-WSUSSS 3.1.4.5.3.1): one of the categories and one of
 * the classifications; only
 * one list given selects nothing, neither selects everything. Without Delta an entry, a language too, asks for all
 * again, anchor or not.
 */
export function createRevisionTest<Key>(filter: RevisionFilter, options: RevisionTestOptions<Key>): RevisionTest<Key> {
  const since = filter.languages.some((entry) => !entry.delta) ? -1 : options.since;
  if (filter.categories.length === 0 && filter.classifications.length === 0) return (change) => change > since;
  if (filter.categories.length === 0 || filter.classifications.length === 0) return () => false;
  const listOf = (entries: readonly FilterEntry<string>[]): FilterList<Key> =>
    new FilterList(keyed(entries, options.keyOf), options.below);
  const [categories, classifications] = [listOf(filter.categories), listOf(filter.classifications)];
  return (change, memberships) => {
    const category = categories.match(memberships);
    const classification = category === 'none' ? 'none' : classifications.match(memberships);
    if (classification === 'none') return false;
    return change > since || category === 'whole' || classification === 'whole';
  };
}

function keyed<Key>(
  entries: readonly FilterEntry<string>[],
  keyOf: (id: string) => Key | undefined,
): FilterEntry<Key>[] {
  return entries.flatMap(({ id, delta }) => {
    const key = keyOf(id.toLowerCase());
    return key === undefined ? [] : [{ id: key, delta }];
  });
}

/**
 * The selected items with everything they need, on all levels, each once and before what needs it. A circle ends where
 * it closes.
 */
export function* orderedClosure<Item>(
  selected: Iterable<Item>,
  neededBy: (item: Item) => readonly Item[],
): Steps<Item[]> {
  const met = new Set<Item>();
  const ordered: Item[] = [];
  const path: { readonly item: Item; readonly needed: readonly Item[]; next: number }[] = [];
  const enter = (item: Item): void => {
    if (met.has(item)) return;
    met.add(item);
    path.push({ item, needed: neededBy(item), next: 0 });
  };
  for (const root of selected) {
    enter(root);
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      if (last.next < last.needed.length) {
        enter(last.needed[last.next++] as Item);
      } else {
        ordered.push(last.item);
        path.pop();
      }
      yield;
    }
  }
  return ordered;
}
