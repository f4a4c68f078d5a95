import type { Site } from './model.js';

/** The counts of a run that follow from the site before and after it. */
export interface Counts {
  readonly New: number;
  readonly Revised: number;
  readonly Expired: number;
  readonly Superseded: number;
  readonly Removed: number;
  readonly Skipped: number;
}

export function countsOf(before: Site, after: Site): Counts {
  const changes = [...after.values()]
    .filter((row) => !row.isHidden)
    .map((row) => {
      const old = before.get(row.id);
      const wasIn = old !== undefined && !old.isRemoved && !old.isHidden;
      return { row, old: wasIn ? old : undefined, isFirstMet: old === undefined, isIn: !row.isRemoved };
    });
  const count = (holds: (change: (typeof changes)[number]) => boolean): number => changes.filter(holds).length;
  return {
    New: count(({ old, isIn }) => old === undefined && isIn),
    Revised: count(
      ({ row, old, isIn }) => old !== undefined && isIn && old.number !== row.number && row.reason === 'none',
    ),
    Expired: count(({ row, old }) => old?.reason === 'none' && row.reason !== 'none'),
    Superseded: count(
      ({ row, old, isIn }) => (isIn || old !== undefined) && row.isSuperseded && old?.isSuperseded !== true,
    ),
    Removed: count(({ old, isIn }) => old !== undefined && !isIn),
    Skipped: count(({ row, isFirstMet }) => isFirstMet && row.isRemoved),
  };
}
