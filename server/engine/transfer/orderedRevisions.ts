import { PACKAGE_RANK, packageOrder, type RankedRevision } from '../../criteria/packageOrder.js';
import { inTurns, turn } from '../../platform/inTurns.js';
import type { PlacedRevision } from '../../store/ExportReads.js';
import { KIND } from '../../store/rows.js';
import type { SiteDatabase } from '../../store/SiteDatabase.js';
import type { IdRange } from '../../store/StoreInspection.js';

const PART = 1000;

/** The revisions of a range in the order of a package. */
export async function orderedRevisions(database: SiteDatabase, range: IdRange): Promise<readonly number[]> {
  const ranked: RankedRevision[] = [];
  const children = new Map<number, number[]>();
  for (let from = range.from; from <= range.to; from += PART) {
    const part = { from, to: Math.min(range.to, from + PART - 1) };
    for (const revision of await database.placedRevisions(part))
      ranked.push({ revisionId: revision.revisionId, rank: rankOf(revision) });
    for (const { bundle, child } of await database.bundleEdges(part)) {
      const known = children.get(bundle);
      if (known === undefined) children.set(bundle, [child]);
      else known.push(child);
    }
    await turn();
  }
  return inTurns(packageOrder(ranked, children));
}

function rankOf({ kind, categoryType }: PlacedRevision): number {
  if (kind === KIND.detectoid) return PACKAGE_RANK.detectoid;
  if (kind !== KIND.category) return PACKAGE_RANK.update;
  return isRanked(categoryType) ? PACKAGE_RANK[categoryType] : PACKAGE_RANK.category;
}

function isRanked(type: string): type is 'UpdateClassification' | 'Company' | 'ProductFamily' | 'Product' {
  return ['UpdateClassification', 'Company', 'ProductFamily', 'Product'].includes(type);
}
