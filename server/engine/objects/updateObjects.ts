import type { SoftwareUpdate } from '../../contract/generated/types.js';
import { turn } from '../../platform/inTurns.js';
import type { CategoryRow, UpdateRow } from '../../store/rows.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { toSoftwareUpdate } from './toSoftwareUpdate.js';

/** The objects of software update rows, in their order, without the lazy properties. */
export async function updateObjects(
  context: SiteContext,
  rows: readonly UpdateRow[],
  categories: readonly CategoryRow[],
): Promise<SoftwareUpdate[]> {
  const related = await context.database.relatedIds(rows.map((row) => row.revisionId));
  const byId = new Map(categories.map((row) => [row.updateId, row]));
  const none = { categories: [], supersedes: [], supersededBy: [], bundles: [] };
  const { siteCode, siteGuid } = context.site;
  const objects: SoftwareUpdate[] = [];
  for (const row of rows) {
    const surroundings = { related: related.get(row.revisionId) ?? none, categories: byId, siteCode, siteGuid };
    objects.push(toSoftwareUpdate(row, surroundings));
    await turn();
  }
  return objects;
}
