import { turn } from '../platform/inTurns.js';

/** Makes something of each item; others have their turn in between. */
export async function mapInTurns<Item, Made>(items: readonly Item[], make: (item: Item) => Made): Promise<Made[]> {
  const made: Made[] = [];
  for (const item of items) {
    made.push(make(item));
    await turn();
  }
  return made;
}
