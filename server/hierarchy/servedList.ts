import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { ServedList } from './ServedCatalogue.js';

const PAGE = 500;

/** A list whose identities are in memory already. */
export function servedList(anchor: string, identities: readonly UpdateIdentity[]): ServedList {
  return { anchor, size: identities.length, pages: () => pagesOf(identities) };
}

async function* pagesOf(identities: readonly UpdateIdentity[]): AsyncIterable<readonly UpdateIdentity[]> {
  for (let at = 0; at < identities.length; at += PAGE) yield await Promise.resolve(identities.slice(at, at + PAGE));
}
