import type { SUPSyncStatus } from '../contract/generated/types.js';
import { HOUR } from '../schedule/zone.js';
import type { ReachedVersion } from './HealthFacts.js';

/** Who is behind follows for twice as long as it took the last time, within these. */
const LEAST = HOUR;
const MOST = 8 * HOUR;

/** Since when a software update point lacks what the site that answers has; undefined where that is not known. */
export function lackingSince(
  { SyncCatalogVersion }: Pick<SUPSyncStatus, 'SyncCatalogVersion'>,
  reached: readonly ReachedVersion[],
): number | undefined {
  const at = reached.findIndex(({ version }) => version > SyncCatalogVersion);
  return at > 0 ? reached[at]?.time : undefined;
}

/** Until when nobody need worry: what is new above comes below a while later, in the time that it usually takes. */
export function followsUntil(
  row: Pick<SUPSyncStatus, 'SyncCatalogVersion' | 'LastSuccessfulSyncTime'>,
  reached: readonly ReachedVersion[],
): number | undefined {
  const since = lackingSince(row, reached);
  if (since === undefined || row.LastSuccessfulSyncTime === null) return undefined;
  const success = Date.parse(row.LastSuccessfulSyncTime);
  // A success above that brought nothing new is followed too.
  const before = reached.findLast(({ version, time }) => version === row.SyncCatalogVersion && time <= success);
  const took = before === undefined ? 0 : success - before.time;
  return since + Math.min(MOST, Math.max(LEAST, 2 * took));
}
