/** The items in parts of at most `size`, in their order. */
export function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const parts: Item[][] = [];
  for (let at = 0; at < items.length; at += Math.max(1, size)) parts.push(items.slice(at, at + Math.max(1, size)));
  return parts;
}
