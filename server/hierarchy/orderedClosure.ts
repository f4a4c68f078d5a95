import type { Steps } from '../platform/inTurns.js';

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
