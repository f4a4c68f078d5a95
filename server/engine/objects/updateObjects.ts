import type { SoftwareUpdate } from '../../contract/generated/types.js';
import type { CategoryRow, UpdateRow } from '../../store/rows.js';
import type { SiteContext } from '../SiteContext.js';
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
  return rows.map((row) =>
    toSoftwareUpdate(row, {
      related: related.get(row.revisionId) ?? none,
      categories: byId,
      siteCode: context.site.siteCode,
      siteGuid: context.site.siteGuid,
    }),
  );
}
