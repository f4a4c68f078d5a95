import type { SoftwareUpdateRow } from '../store/rows.js';
import type { Holding } from './UpdateEvaluation.js';

/** Which bundles hold the updates in question, and the software updates that those bundles are. */
export interface HoldersOfExpired {
  readonly holdings: readonly Holding[];
  readonly holders: ReadonlyMap<number, SoftwareUpdateRow>;
}

/** Those of the updates whose time has come that may leave the site database: no bundle that stays holds them. */
export function removableUpdates(
  due: readonly SoftwareUpdateRow[],
  { holdings, holders }: HoldersOfExpired,
): readonly SoftwareUpdateRow[] {
  const leaving = new Set(due.map((row) => row.updateKey));
  const stays = (key: number): boolean => !leaving.has(key) && holders.get(key)?.isRemoved === false;
  for (let before = -1; before !== leaving.size;) {
    before = leaving.size;
    for (const { child, holder } of holdings) if (holder !== child && stays(holder)) leaving.delete(child);
  }
  return due.filter((row) => leaving.has(row.updateKey));
}
