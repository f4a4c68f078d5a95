import type { HealthRow, SUPSyncStatus } from '../contract/generated/types.js';
import { DAY } from '../schedule/zone.js';
import { SYNC_STATE } from '../status/statusMessage.js';
import { type Due, dueAfter } from './dueTime.js';
import type { Finding, HealthFacts } from './HealthFacts.js';
import { durationText, sentence, timeText } from './healthText.js';

/** A software update point: its row, what is wrong with it, and whether it works at all. */
export interface PointHealth {
  readonly row: HealthRow;
  readonly finding: Finding | undefined;
  /** In step, at work, or one of them within a day: a single failure is tried again within the hour. */
  readonly isAlive: boolean;
}

const AT_REST: ReadonlySet<number> = new Set<number>([
  0,
  SYNC_STATE.done,
  SYNC_STATE.licenceTermsPending,
  SYNC_STATE.failed,
  SYNC_STATE.outOfSync,
]);

/** What is worked out of a row of the status. */
interface Looked {
  readonly row: SUPSyncStatus;
  readonly isOwn: boolean;
  readonly behind: number;
  readonly isSilent: boolean;
  readonly isFailed: boolean;
  readonly isRunning: boolean;
  readonly success: number | undefined;
  readonly due: Due | undefined;
  readonly isLate: boolean;
}

/** How the software update points are. While the first is late, those that follow it need not be told as late. */
export function pointsHealth(facts: HealthFacts): readonly PointHealth[] {
  const looked = facts.rows.map((row, index) => lookAt(row, index === 0, facts));
  const isLate = looked[0]?.isLate === true;
  const [first, ...others] = looked.map((point) =>
    pointHealth(point.isOwn || !isLate ? point : { ...point, isLate: false }, facts),
  );
  if (first === undefined) return [];
  // In step with what does not work any more.
  return [first, ...others.map((other) => ({ ...other, isAlive: other.isAlive && (!isLate || first.isAlive) }))];
}

function lookAt(row: SUPSyncStatus, isOwn: boolean, { now, rhythm, contentVersion }: HealthFacts): Looked {
  const success = row.LastSuccessfulSyncTime === null ? undefined : Date.parse(row.LastSuccessfulSyncTime);
  const isRunning = !AT_REST.has(row.LastSyncState);
  const isAtWork = isRunning && now - Date.parse(row.LastSyncStateTime ?? '') < DAY;
  const due = success === undefined ? undefined : dueAfter(success, rhythm);
  return {
    row,
    isOwn,
    behind: Math.max(0, contentVersion - row.SyncCatalogVersion),
    isSilent: row.ReplicationLinkStatus === 2,
    isFailed: row.LastSyncState === SYNC_STATE.failed,
    isRunning,
    success,
    due,
    isLate: due !== undefined && now > due.time + due.patience && !isAtWork,
  };
}

function pointHealth(point: Looked, facts: HealthFacts): PointHealth {
  const { row, isOwn, success } = point;
  const isInStep = inStep(point);
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
      LastError: point.isFailed ? (row.LastSyncErrorMessage ?? '') : '',
      NextSyncTime: isOwn && facts.next.time !== undefined ? new Date(facts.next.time).toISOString() : null,
      IsKept: isOwn ? facts.keeper === 'Service' : null,
    },
    finding: findingOf(point, facts),
    isAlive: isInStep || isAlive(point, facts),
  };
}

/** A parent that was put back to an earlier time has a lower version than what is below it. */
function inStep({ row, behind, isSilent, isFailed, isLate, success }: Looked): boolean {
  const isOut = row.LastSyncState === SYNC_STATE.outOfSync;
  return success !== undefined && behind === 0 && !isSilent && !isFailed && !isOut && !isLate;
}

function sinceOf({ row, isSilent, isLate, isFailed, due }: Looked): string | null {
  if (isSilent) return row.LastReplicationLinkCheckTime;
  return isLate && !isFailed && due !== undefined ? new Date(due.time).toISOString() : row.LastSuccessfulSyncTime;
}

/** Nobody is at work there; without a schedule its failures are counted, or its success is not a day old. */
function isAlive({ row, isOwn, isRunning, isFailed, success, due }: Looked, facts: HealthFacts): boolean {
  if (isRunning && row.ReplicationLinkStatusName !== 'Error') return true;
  if (row.ReplicationLinkStatusName === 'Error' || success === undefined) return false;
  if (due?.by === 'Import') return true;
  if (due?.by === 'Schedule') return facts.now < due.time + due.patience + DAY;
  if (isFailed && isOwn && facts.failingSince !== undefined) return facts.now - facts.failingSince < DAY;
  const lost = row.ReplicationLinkStatusName === 'NoParent' && !isFailed ? facts.parent?.lost : undefined;
  return facts.now - (lost?.since ?? success) < DAY || (!isFailed && due !== undefined);
}

/** What is wrong with one software update point, as a sentence; what is wrong with its site is not told here. */
function findingOf(point: Looked, facts: HealthFacts): Finding | undefined {
  const text = textOf(point, facts);
  return text === undefined ? undefined : { state: 'Degraded', text };
}

function textOf(point: Looked, facts: HealthFacts): string | undefined {
  const { row, isSilent, isFailed, isRunning, success } = point;
  const name = row.WSUSServerName;
  const link = row.ReplicationLinkStatusName;
  if (link === 'Revoked') return undefined;
  if (isSilent && link !== 'NoParent') return silentText(row, facts);
  if (isFailed) return failedText(point, facts);
  if (success === undefined)
    return `${name} ${isRunning ? 'synchronizes for the first time' : 'has never synchronized'}.`;
  if (point.behind > 0) return behindText(point);
  if (row.LastSyncState === SYNC_STATE.outOfSync) return `${name} has other content than the server that it follows.`;
  return point.isLate ? lateText(point, success, facts) : undefined;
}

function silentText(row: SUPSyncStatus, { zone }: HealthFacts): string {
  const seen = row.LastReplicationLinkCheckTime;
  return seen === null
    ? `${row.WSUSServerName} has never been heard of.`
    : `${row.WSUSServerName} has been silent since ${timeText(Date.parse(seen), zone)}.`;
}

/** The last attempt is not when it began to fail: what is known is how long there was no success. */
function failedText({ row, success }: Looked, { now }: HealthFacts): string {
  const last = success === undefined ? 'has never succeeded' : `last succeeded ${durationText(now - success)} ago`;
  const reason = row.LastSyncErrorMessage ?? '';
  const how = sentence(reason === '' ? last : `${last}: ${reason}`);
  return `${row.WSUSServerName} failed at its last attempt and ${how}`;
}

function behindText({ row, behind, isRunning }: Looked): string {
  const versions = behind === 1 ? '1 version' : `${behind} versions`;
  return `${row.WSUSServerName} is ${versions} behind${isRunning ? ' and synchronizes now' : ''}.`;
}

function lateText({ row, due }: Looked, success: number, { now, zone }: HealthFacts): string {
  const name = row.WSUSServerName;
  const age = durationText(now - success);
  if (due?.by === 'Schedule')
    return (
      `${name} was to synchronize at ${timeText(due.time, zone)} by its schedule and did not; ` +
      `its last success was ${age} ago.`
    );
  return due?.by === 'Import'
    ? `${name} has no source and has imported nothing for ${age}.`
    : `${name} has not synchronized for ${age}, and no schedule will do it.`;
}
