import type { SUPSyncStatus } from '../contract/generated/types.js';
import { DAY, HOUR } from '../schedule/zone.js';
import { isRunningState, SYNC_STATE } from '../status/statusMessage.js';
import { type Due, dueAfter } from './dueTime.js';
import { followsUntil, lackingSince } from './following.js';
import type { HealthFacts } from './HealthFacts.js';

/** What is worked out of a row of the status. */
export interface Point {
  readonly row: SUPSyncStatus;
  /** It is the first: the default software update point of the site that answers. */
  readonly isOwn: boolean;
  readonly behind: number;
  /** Since when it is behind, where that is known. */
  readonly behindSince: number | undefined;
  /** It is behind no longer than it takes it to follow. */
  readonly isFollowing: boolean;
  /** Its link is down. */
  readonly isSilent: boolean;
  /** And it is not its parent that is missing, but itself. */
  readonly isCutOff: boolean;
  /** Why its last attempt failed, '' without a reason, also while the next one runs; undefined where it did not. */
  readonly failure: string | undefined;
  /** A synchronization is under way, as it says itself. */
  readonly isRunning: boolean;
  /** One that is under way has come no further for so long that nobody can wait for it. */
  readonly isStuck: boolean;
  readonly isAtWork: boolean;
  /** Its content is not that of the server that it follows. */
  readonly isOut: boolean;
  readonly success: number | undefined;
  /** Its success lies in the future: a clock is or was wrong. */
  readonly isAhead: boolean;
  readonly due: Due | undefined;
  readonly isLate: boolean;
}

/** No phase of a synchronization takes so long. */
const ENDLESS = DAY;

export function lookAt(row: SUPSyncStatus, isOwn: boolean, facts: HealthFacts): Point {
  const { now, contentVersion } = facts;
  const success = row.LastSuccessfulSyncTime === null ? undefined : Date.parse(row.LastSuccessfulSyncTime);
  const isRunning = isRunningState(row.LastSyncState);
  const isStuck = isRunning && row.LastSyncStateTime !== null && now - Date.parse(row.LastSyncStateTime) >= ENDLESS;
  const isSilent = row.ReplicationLinkStatus === 2;
  const isCutOff = isSilent && !['NoParent', 'Revoked'].includes(row.ReplicationLinkStatusName ?? '');
  const isAtWork = isRunning && !isStuck && !isCutOff;
  const failure = failureOf(row, isOwn, facts);
  const due = dueOf(success, isOwn, facts);
  const isOver = due !== undefined && now > due.time + due.patience;
  const behind = Math.max(0, contentVersion - row.SyncCatalogVersion);
  const until = behind === 0 || isOwn ? undefined : followsUntil(row, facts.reached);
  return {
    row,
    isOwn,
    behind,
    behindSince: behind === 0 ? undefined : lackingSince(row, facts.reached),
    isFollowing: until !== undefined && now <= until && !isSilent && !isStuck && failure === undefined,
    isSilent,
    isCutOff,
    failure,
    isRunning,
    isStuck,
    isAtWork,
    isOut: row.LastSyncState === SYNC_STATE.outOfSync,
    success,
    isAhead: success !== undefined && success > now + HOUR,
    due,
    isLate: isOver && (!isAtWork || failure !== undefined),
  };
}

/** That it runs again does not make a failure undone, as it does with one that was stopped: it may come to the same. */
function failureOf(row: SUPSyncStatus, isOwn: boolean, { failingSince, lastRun }: HealthFacts): string | undefined {
  const reason = row.LastSyncErrorMessage ?? '';
  const isAtRest = row.LastSyncState === SYNC_STATE.failed || row.LastSyncState === SYNC_STATE.managerError;
  if (isAtRest) return reason;
  if (!isRunningState(row.LastSyncState)) return undefined;
  if (reason !== '' && row.LastSyncErrorId !== 'Cancelled') return reason;
  return isOwn && failingSince !== undefined ? (lastRun?.ErrorMessage ?? '') : undefined;
}

/** A site without a source succeeds by evaluating what it has: that brings nothing. */
function dueOf(success: number | undefined, isOwn: boolean, { rhythm, broughtAt }: HealthFacts): Due | undefined {
  if (success === undefined) return undefined;
  const isByImport = isOwn && !rhythm.hasSource && rhythm.parent === undefined;
  return dueAfter(isByImport ? (broughtAt ?? 0) : success, rhythm);
}
