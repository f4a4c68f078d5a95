import type { Steps } from '../platform/inTurns.js';

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
