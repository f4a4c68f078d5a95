/** What waits, by whom it is for: everybody in turn gets one, however many wait for somebody else. */
export class FairQueue<Item> {
  /** In the order of their turns. */
  readonly #waiting = new Map<string, Item[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(key: string, item: Item): void {
    const items = this.#waiting.get(key);
    if (items === undefined) this.#waiting.set(key, [item]);
    else items.push(item);
    this.#size += 1;
  }

  /** Takes the first item of the first in turn whose item is ready; undefined where none is. */
  shift(isReady: (item: Item, key: string) => boolean = () => true): Item | undefined {
    for (const [key, items] of this.#waiting) {
      const [item] = items;
      if (item === undefined || !isReady(item, key)) continue;
      items.shift();
      this.#waiting.delete(key);
      // Behind all others: its turn is over.
      if (items.length > 0) this.#waiting.set(key, items);
      this.#size -= 1;
      return item;
    }
    return undefined;
  }

  /** The first item of each, in the order of their turns. */
  *first(): Generator<readonly [key: string, item: Item], void, undefined> {
    for (const [key, [item]] of this.#waiting) if (item !== undefined) yield [key, item];
  }

  /** Takes out an item that waits no more. */
  remove(key: string, item: Item): void {
    const items = this.#waiting.get(key) ?? [];
    const at = items.indexOf(item);
    if (at < 0) return;
    items.splice(at, 1);
    if (items.length === 0) this.#waiting.delete(key);
    this.#size -= 1;
  }
}
