import type { HealthRow, Site, SUPSyncStatus } from '../../contract/generated/types.js';

/** A row of health with how deep it stands, and the status that it is about. */
export interface TreeRow {
  readonly row: HealthRow;
  readonly status: SUPSyncStatus | undefined;
  readonly depth: number;
}

/** What places a site below another. */
type Placed = Pick<Site, 'SiteCode' | 'ReportingSiteCode'>;

/**
 * The rows as they are told, each with its depth: a site stands below its parent, its further software update points
 * below its first. Several sites may share a server, so that no name of a server says where a row stands.
 */
export function inTree(
  rows: readonly HealthRow[],
  statuses: readonly SUPSyncStatus[],
  sites: readonly Placed[],
): readonly TreeRow[] {
  return rows.map((row, index) => {
    const isFurther = rows.findIndex((other) => other.SiteCode === row.SiteCode) < index;
    const status = statuses.find(
      (other) => other.SiteCode === row.SiteCode && other.WSUSServerName === row.WSUSServerName,
    );
    return { row, status, depth: depthOf(row.SiteCode, sites) + Number(isFurther) };
  });
}

/** Sites above it that are in the list; a site is looked at once, whatever they say of each other. */
function depthOf(siteCode: string, sites: readonly Placed[]): number {
  const seen = new Set([siteCode]);
  for (let code = siteCode; ;) {
    const parent = sites.find((site) => site.SiteCode === code)?.ReportingSiteCode ?? '';
    if (seen.has(parent) || !sites.some((site) => site.SiteCode === parent)) return seen.size - 1;
    seen.add(parent);
    code = parent;
  }
}
