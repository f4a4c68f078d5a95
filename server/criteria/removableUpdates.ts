import type { Steps } from '../platform/inTurns.js';
import type { SoftwareUpdateRow } from '../store/rows.js';
import { grouped } from './grouped.js';
import type { Holding } from './UpdateEvaluation.js';

/** Which bundles hold the updates in question, and the software updates that those bundles are. */
export interface HoldersOfExpired {
  readonly holdings: readonly Holding[];
  readonly holders: ReadonlyMap<number, SoftwareUpdateRow>;
}

/** Those of the updates whose time has come that may leave the site database: no bundle that stays holds them. */
export function* removableUpdates(
  due: readonly SoftwareUpdateRow[],
  { holdings, holders }: HoldersOfExpired,
): Steps<readonly SoftwareUpdateRow[]> {
  const leaving = new Set(due.map((row) => row.updateKey));
  const stays = (key: number): boolean => !leaving.has(key) && holders.get(key)?.isRemoved === false;
  const heldBy = yield* grouped(holdings, (holding) => holding.holder);
  const staying = [...heldBy.keys()].filter(stays);
  for (let holder = staying.pop(); holder !== undefined; holder = staying.pop()) {
    for (const { child } of heldBy.get(holder) ?? [])
      if (child !== holder && leaving.delete(child) && stays(child)) staying.push(child);
    yield;
  }
  return due.filter((row) => leaving.has(row.updateKey));
}
