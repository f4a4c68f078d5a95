import type { SoftwareUpdate } from '../../contract/generated/types.js';
import type { Ask } from '../PageSource.js';

/** What updates name other updates in. */
type Relation = 'SupersededUpdates' | 'SupersedingUpdates' | 'BundledUpdates';

/** One of a chain: how far it is from its beginning; without an update where the site shows none of that id. */
export interface ChainLink {
  readonly id: string;
  readonly update: SoftwareUpdate | undefined;
  readonly depth: number;
}

/** A chain that is longer, as that of definition updates may be, is not followed further. */
const LONGEST = 200;
const LEVELS = 10;

/** What an update names, what these name in turn, and so on; each once, the nearest first. */
export async function chainOf(ask: Ask, start: SoftwareUpdate, relation: Relation): Promise<readonly ChainLink[]> {
  const seen = new Set([start.CI_UniqueID]);
  const links: ChainLink[] = [];
  let ids = start[relation];
  for (let depth = 0; depth < LEVELS && links.length < LONGEST; depth += 1) {
    const fresh = [...new Set(ids)].filter((id) => !seen.has(id)).slice(0, LONGEST - links.length);
    if (fresh.length === 0) break;
    for (const id of fresh) seen.add(id);
    const { updates } = await ask('update/list', { uniqueIds: fresh, pageSize: LONGEST });
    const found = new Map(updates.map((update) => [update.CI_UniqueID, update]));
    links.push(...fresh.map((id) => ({ id, update: found.get(id), depth })));
    ids = updates.flatMap((update) => update[relation]);
  }
  return links;
}
