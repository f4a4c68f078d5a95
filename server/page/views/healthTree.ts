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
 * The rows as a tree: each site is followed by those below it, its further software update points stand below its
 * first. Several sites may share a server, so that no name of a server says where a row stands.
 */
export function inTree(
  rows: readonly HealthRow[],
  statuses: readonly SUPSyncStatus[],
  sites: readonly Placed[],
): readonly TreeRow[] {
  const parents = new Map(sites.map((site) => [site.SiteCode, site.ReportingSiteCode]));
  const known = new Map(statuses.map((status) => [keyOf(status), status]));
  const points = grouped(rows, (row) => row.SiteCode);
  const codes = [...points.keys()];
  const below = grouped(codes, (code) => above(code, parents, points));
  const left = new Set(codes);
  const tree: TreeRow[] = [];
  const add = (code: string, depth: number): void => {
    // Sites that name each other are looked at once.
    if (!left.delete(code)) return;
    for (const [index, row] of (points.get(code) ?? []).entries())
      tree.push({ row, status: known.get(keyOf(row)), depth: depth + Math.min(index, 1) });
    for (const child of below.get(code) ?? []) add(child, depth + 1);
  };
  for (const code of [...(below.get('') ?? []), ...codes]) add(code, 0);
  return tree;
}

/** What tells one software update point from all others. */
export function keyOf({ SiteCode, WSUSServerName }: Pick<HealthRow, 'SiteCode' | 'WSUSServerName'>): string {
  return `${SiteCode} ${WSUSServerName}`.toLowerCase();
}

/** The nearest site above that has rows; '' for one that has none above. */
function above(
  code: string,
  parents: ReadonlyMap<string, string>,
  points: ReadonlyMap<string, readonly HealthRow[]>,
): string {
  const seen = new Set([code]);
  for (let parent = parents.get(code) ?? ''; parent !== '' && !seen.has(parent); parent = parents.get(parent) ?? '') {
    if (points.has(parent)) return parent;
    seen.add(parent);
  }
  return '';
}

function grouped<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
