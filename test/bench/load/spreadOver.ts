/** So many of the items, evenly spread; another `turn` takes those behind the ones of the turn before. */
export function spreadOver<Item>(items: readonly Item[], count: number, turn: number): Item[] {
  const wanted = Math.min(count, items.length);
  const step = items.length / wanted;
  return Array.from({ length: wanted }, (_unused, number) => {
    const at = (Math.floor(number * step) + turn) % items.length;
    return items[at] as Item;
  });
}
