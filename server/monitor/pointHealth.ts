import type { HealthRow } from '../contract/generated/types.js';
import { DAY } from '../schedule/zone.js';
import type { Finding, HealthFacts } from './HealthFacts.js';
import { lookAt, type Point } from './lookAtPoint.js';
import { pointText } from './pointText.js';

/** A software update point: its row, and what is wrong with it. */
export interface PointHealth {
  readonly row: HealthRow;
  readonly finding: Finding | undefined;
  /** Not in step yet, and in the time that it usually takes. */
  readonly isFollowing: boolean;
  /** In step, at work, or one of them within a day: a single failure is tried again within the hour. */
  readonly isAlive: boolean;
}

/** How the software update points are. While the first is late, those that follow it need not be told as late. */
export function pointsHealth(facts: HealthFacts): readonly PointHealth[] {
  const points = facts.rows.map((row, index) => lookAt(row, index === 0, facts));
  const isLate = points[0]?.isLate === true;
  return points.map((point) => pointHealth(point.isOwn || !isLate ? point : { ...point, isLate: false }, facts));
}

function pointHealth(point: Point, facts: HealthFacts): PointHealth {
  const { row, isOwn, success } = point;
  const isInStep = inStep(point);
  const text = pointText(point, facts);
  const isWorking = isInStep || isAlive(point, facts);
  return {
    row: {
      SiteCode: row.SiteCode,
      WSUSServerName: row.WSUSServerName,
      InStep: isInStep,
      VersionsBehind: point.behind,
      Since: isInStep ? null : sinceOf(point),
      Link: row.ReplicationLinkStatusName ?? '',
      LastSyncState: row.LastSyncState,
      LastSuccessfulSyncTime: row.LastSuccessfulSyncTime,
      LastSuccessfulSyncAgeSeconds:
        success === undefined ? null : Math.max(0, Math.round((facts.now - success) / 1000)),
      LastError: point.failure ?? '',
      NextSyncTime: isOwn && facts.next.time !== undefined ? new Date(facts.next.time).toISOString() : null,
      IsKept: isOwn ? facts.keeper === 'Service' : null,
    },
    // All others follow the first.
    finding: text === undefined ? undefined : { state: isOwn && !isWorking ? 'Broken' : 'Degraded', text },
    isFollowing: point.isFollowing,
    isAlive: isWorking,
  };
}

/** A parent that was put back to an earlier time has a lower version than what is below it. */
function inStep(point: Point): boolean {
  const isWrong = point.isSilent || point.failure !== undefined || point.isOut || point.isLate;
  return point.success !== undefined && point.behind === 0 && !isWrong && !point.isStuck && !point.isAhead;
}

function sinceOf({ row, isSilent, isStuck, isLate, failure, due, behindSince }: Point): string | null {
  if (isSilent) return row.LastReplicationLinkCheckTime;
  if (isStuck) return row.LastSyncStateTime;
  if (behindSince !== undefined && failure === undefined) return new Date(behindSince).toISOString();
  return isLate && failure === undefined && due !== undefined
    ? new Date(due.time).toISOString()
    : row.LastSuccessfulSyncTime;
}

/** By its failures; else by its schedule, or by a success that is not a day old. Who waits for a person is alive. */
function isAlive(point: Point, facts: HealthFacts): boolean {
  const { isOwn, isCutOff, isAtWork, isStuck, failure, success, due } = point;
  if (isCutOff || isStuck) return false;
  if (isAtWork && failure === undefined) return true;
  if (success === undefined) return false;
  if (due?.by === 'Import') return true;
  if (failure !== undefined && isOwn && facts.failingSince !== undefined) return facts.now - facts.failingSince < DAY;
  if (due?.by === 'Schedule') return facts.now < due.time + due.patience + DAY;
  const isLost = point.row.ReplicationLinkStatusName === 'NoParent' && failure === undefined;
  const lost = isLost ? facts.parent?.lost : undefined;
  return facts.now - (lost?.since ?? success) < DAY || (failure === undefined && due !== undefined);
}
