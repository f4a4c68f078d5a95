import type { CatalogueWork, ServedCatalogue } from '../../server/downstream/ServedCatalogue.js';
import type { UpdateIdentity } from '../../server/metadata/UpdateIdentity.js';
import { nextTurn } from '../../server/platform/inTurns.js';
import type { RevisionFilter, RevisionList } from '../../server/wire/getRevisionIdList.js';

/** Work of a request that shares the engine with nobody. */
export const ALONE: CatalogueWork = {
  pace: nextTurn,
  hold: async () => Promise.resolve(),
  give: () => undefined,
};

/** A list with all its identities. */
export async function wholeList(catalogue: ServedCatalogue, filter: RevisionFilter): Promise<RevisionList> {
  const list = await catalogue.listRevisions(filter, ALONE);
  const revisions: UpdateIdentity[] = [];
  for await (const page of list.pages()) revisions.push(...page);
  return { anchor: list.anchor, revisions };
}
