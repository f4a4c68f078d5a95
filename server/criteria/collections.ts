import type { Steps } from '../platform/inTurns.js';

/** So many items are sorted in one step. */
const RUN = 500;

/**
 * The items in order; equal ones stay as they are. A long list is sorted in parts, which are then put together: parts
 * that follow each other already take no further time.
 */
export function* sorted<Item>(items: Iterable<Item>, compare: (one: Item, other: Item) => number): Steps<Item[]> {
  let runs: Item[][] = [];
  const all = [...items];
  for (let at = 0; at < all.length; at += RUN) {
    runs.push(all.slice(at, at + RUN).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: Item[][] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(yield* merge(runs[at] ?? [], runs[at + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<Item>(
  first: readonly Item[],
  second: readonly Item[],
  compare: (one: Item, other: Item) => number,
): Steps<Item[]> {
  const [last, begin] = [first.at(-1), second[0]];
  if (second.length === 0 || (last !== undefined && begin !== undefined && compare(last, begin) <= 0)) {
    yield;
    return first.concat(second);
  }
  const merged: Item[] = [];
  let next = 0;
  for (const item of first) {
    for (; next < second.length && compare(second[next] as Item, item) < 0; next += 1)
      merged.push(second[next] as Item);
    merged.push(item);
    yield;
  }
  for (; next < second.length; next += 1) merged.push(second[next] as Item);
  return merged;
}

/** What each of the items becomes, in their order. */
export function* mapped<Item, Result>(items: Iterable<Item>, become: (item: Item) => Result): Steps<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    results.push(become(item));
    yield;
  }
  return results;
}

/** The items of all lists, each once, in their order. */
export function* together<Item>(...lists: readonly Iterable<Item>[]): Steps<ReadonlySet<Item>> {
  const items = new Set<Item>();
  for (const list of lists)
    for (const item of list) {
      items.add(item);
      yield;
    }
  return items;
}

/** The items by what each of them is known by; of those with the same key the last. */
export function* indexed<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Steps<ReadonlyMap<Key, Item>> {
  const index = new Map<Key, Item>();
  for (const item of items) {
    index.set(keyOf(item), item);
    yield;
  }
  return index;
}

/** The items by what they have in common, in their order. */
export function* grouped<Item, Key>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key,
): Steps<ReadonlyMap<Key, readonly Item[]>> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
    yield;
  }
  return groups;
}

/** The items in parts of at most `size`, in their order. */
export function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const parts: Item[][] = [];
  for (let at = 0; at < items.length; at += Math.max(1, size)) parts.push(items.slice(at, at + Math.max(1, size)));
  return parts;
}
