import type { Keeper } from '../state/keeper.js';
import type { Health, HealthRow, Run, SUPSyncStatus } from '../contract/generated/types.js';
import { DAY, HOUR, MINUTE, toWall, wallText } from '../schedule/zone.js';
import type { Zone } from '../schedule/zone.js';
import { SYNC_STATE } from '../status/statusMessage.js';

/** A success that is older is told, with or without a schedule. */
const STALE_AFTER = 7 * DAY;

/** All that says how a hierarchy is, as it is stored; times in ms since 1970 UTC. */
export interface HealthFacts {
  readonly now: number;
  readonly zone: Zone;
  readonly siteCode: string;
  /** The rows of the status: the default software update point of the site first. */
  readonly rows: readonly SUPSyncStatus[];
  /** What every software update point is to reach. */
  readonly contentVersion: number;
  /** When and why the next synchronization of this site starts by itself. */
  readonly next: { readonly time: number | undefined; readonly reason: string };
  /** Who keeps that. */
  readonly keeper: Keeper;
  /** True below a parent, which asks for synchronizations. */
  readonly isChild: boolean;
  /** The newest run that has ended. */
  readonly lastRun: Pick<Run, 'Warnings'> | undefined;
  /** What a look at the store has found, in words. */
  readonly damage: readonly string[];
}

/** From best to worst; the index is the exit code. */
const STATES = ['Well', 'Degraded', 'Broken', 'Unknown'] as const;
type State = (typeof STATES)[number];
const AT_REST: ReadonlySet<number> = new Set<number>([
  0,
  SYNC_STATE.done,
  SYNC_STATE.licenceTermsPending,
  SYNC_STATE.failed,
  SYNC_STATE.outOfSync,
]);

/** What there is to do, and how bad it is. */
interface Finding {
  readonly state: State;
  readonly text: string;
}

/** How a site and all below it are: a sentence, a row for each software update point, what needs doing, worst first. */
export function healthOf(facts: HealthFacts): Health {
  const rows = facts.rows.map((row, index) => rowOf(row, index === 0, facts));
  const findings = [...rows.flatMap((row) => rowFinding(row, facts)), ...siteFindings(facts)].sort(
    (a, b) => STATES.indexOf(b.state) - STATES.indexOf(a.state),
  );
  const state = stateOf(rows, findings);
  return {
    SiteCode: facts.siteCode,
    Status: state,
    ExitCode: STATES.indexOf(state),
    Summary: summaryOf(rows, findings, facts),
    Time: new Date(facts.now).toISOString(),
    SoftwareUpdatePoints: rows,
    Actions: findings.map(({ text }) => text),
  };
}

function rowOf(row: SUPSyncStatus, isOwn: boolean, facts: HealthFacts): HealthRow {
  const success = row.LastSuccessfulSyncTime;
  const behind = Math.max(0, facts.contentVersion - row.SyncCatalogVersion);
  const isSilent = row.ReplicationLinkStatus === 2;
  const isFailed = row.LastSyncState === SYNC_STATE.failed;
  // A parent that was put back to an earlier time has a lower version than what is below it.
  const isOut = row.LastSyncState === SYNC_STATE.outOfSync;
  const isInStep = success !== null && behind === 0 && !isSilent && !isFailed && !isOut;
  return {
    SiteCode: row.SiteCode,
    WSUSServerName: row.WSUSServerName,
    InStep: isInStep,
    VersionsBehind: behind,
    Since: isInStep ? null : isSilent ? row.LastReplicationLinkCheckTime : success,
    Link: row.ReplicationLinkStatusName ?? '',
    LastSyncState: row.LastSyncState,
    LastSuccessfulSyncTime: success,
    LastSuccessfulSyncAgeSeconds: success === null ? null : secondsSince(Date.parse(success), facts.now),
    LastError: isFailed ? (row.LastSyncErrorMessage ?? '') : '',
    NextSyncTime: isOwn && facts.next.time !== undefined ? new Date(facts.next.time).toISOString() : null,
    IsKept: isOwn ? facts.keeper === 'Service' : null,
  };
}

/** What is wrong with one software update point, as a sentence about it. */
function rowFinding(row: HealthRow, facts: HealthFacts): readonly Finding[] {
  const name = row.WSUSServerName;
  const since = row.Since === null ? '' : ` since ${timeText(Date.parse(row.Since), facts)}`;
  if (row.Link === 'Revoked') return [{ state: 'Broken', text: `${name} was revoked by its parent site.` }];
  if (row.Link === 'Error') return [{ state: 'Degraded', text: `${name} has been silent${since}.` }];
  if (row.LastSyncState === SYNC_STATE.failed) return [{ state: 'Degraded', text: failedText(row, facts) }];
  const isRunning = !AT_REST.has(row.LastSyncState);
  if (row.LastSuccessfulSyncTime === null)
    return [
      {
        state: 'Degraded',
        text: `${name} ${isRunning ? 'synchronizes for the first time' : 'has never synchronized'}.`,
      },
    ];
  if (row.VersionsBehind > 0) return [{ state: 'Degraded', text: behindText(row, isRunning) }];
  if (row.LastSyncState === SYNC_STATE.outOfSync)
    return [{ state: 'Degraded', text: `${name} has other content than the server that it follows.` }];
  const age = facts.now - Date.parse(row.LastSuccessfulSyncTime);
  return age > STALE_AFTER
    ? [{ state: 'Degraded', text: `${name} has not synchronized for ${durationText(age)}.` }]
    : [];
}

/** The last attempt is not when it began to fail: what is known is how long there was no success. */
function failedText({ WSUSServerName, LastSuccessfulSyncTime, LastError }: HealthRow, { now }: HealthFacts): string {
  const success =
    LastSuccessfulSyncTime === null
      ? 'has never succeeded'
      : `last succeeded ${durationText(now - Date.parse(LastSuccessfulSyncTime))} ago`;
  return `${WSUSServerName} failed at its last attempt and ${success}${LastError === '' ? '.' : `: ${LastError}`}`;
}

function behindText({ WSUSServerName, VersionsBehind }: HealthRow, isRunning: boolean): string {
  const versions = VersionsBehind === 1 ? '1 version' : `${VersionsBehind} versions`;
  return `${WSUSServerName} is ${versions} behind${isRunning ? ' and synchronizes now' : ''}.`;
}

function unkeptText(keeper: Keeper, siteCode: string, isChild: boolean): string {
  if (keeper === 'Stopped')
    return (
      `The service of site ${siteCode} does not run: start it with Start-CMSyncService ` +
      '(configmgrsync service start).'
    );
  const what = isChild ? 'listens to the parent' : 'keeps the schedule';
  return (
    `No service ${what} of site ${siteCode}: install one with Install-CMSyncService ` +
    '(configmgrsync service install).'
  );
}

/** What is wrong with the site that answers beside its software update points. */
function siteFindings({ next, keeper, isChild, lastRun, damage, siteCode }: HealthFacts): readonly Finding[] {
  const findings: Finding[] = damage.map((text) => ({ state: 'Broken', text }));
  if (keeper !== 'Service' && (next.time !== undefined || isChild))
    findings.push({ state: 'Degraded', text: unkeptText(keeper, siteCode, isChild) });
  if (keeper === 'Service' && next.time === undefined && !isChild)
    findings.push({ state: 'Degraded', text: `Site ${siteCode} does not synchronize by itself: ${next.reason}.` });
  for (const warning of lastRun?.Warnings ?? []) findings.push({ state: 'Degraded', text: warning });
  return findings;
}

/** Broken with damage or a revoked site, and where no software update point is well any more. */
function stateOf(rows: readonly HealthRow[], findings: readonly Finding[]): State {
  if (rows.length === 0) return 'Unknown';
  if (findings.some(({ state }) => state === 'Broken') || !rows.some(isAlive)) return 'Broken';
  return findings.length > 0 ? 'Degraded' : 'Well';
}

/** In step, at work, or with a success in the last day: a single failure is tried again within the hour. */
function isAlive(row: HealthRow): boolean {
  const age = row.LastSuccessfulSyncAgeSeconds;
  return (
    row.InStep || (row.Link !== 'Error' && (!AT_REST.has(row.LastSyncState) || (age !== null && age * 1000 < DAY)))
  );
}

function summaryOf(rows: readonly HealthRow[], findings: readonly Finding[], facts: HealthFacts): string {
  const inStep = rows.filter((row) => row.InStep);
  if (rows.length === 0) return `Site ${facts.siteCode} has no software update point.`;
  if (inStep.length === rows.length) return allInStep(rows, findings, facts);
  const head =
    rows.length === 1
      ? 'The software update point is not in step'
      : `${inStep.length} of ${rows.length} software update points ${inStep.length === 1 ? 'is' : 'are'} in step`;
  return `${head}; ${worstOf(findings)}`;
}

/** The worst is what makes the status; that it is not all must not stay unsaid. */
function worstOf([worst, ...others]: readonly Finding[]): string {
  const text = worst?.text ?? '';
  return others.length === 0 ? text : `${text.replace(/\.$/, '')}, and ${others.length} more.`;
}

function allInStep(rows: readonly HealthRow[], findings: readonly Finding[], facts: HealthFacts): string {
  const [row] = rows;
  const age = durationText(facts.now - Date.parse(row?.LastSuccessfulSyncTime ?? ''));
  const head =
    rows.length === 1
      ? `The software update point is in step; its last success was ${age} ago`
      : `All ${rows.length} software update points are in step; the last success of ${nameOf(row)} was ${age} ago`;
  if (findings.length > 0) return `${head}, but: ${worstOf(findings)}`;
  return facts.next.time === undefined && !facts.isChild
    ? `${head}; it does not synchronize by itself: ${facts.next.reason}.`
    : `${head}.`;
}

function nameOf(row: HealthRow | undefined): string {
  return row?.WSUSServerName ?? '';
}

function secondsSince(time: number, now: number): number {
  return Math.max(0, Math.round((now - time) / 1000));
}

function timeText(time: number, { zone }: HealthFacts): string {
  return wallText(toWall(zone, time)).replace('T', ' ').slice(0, 16);
}

/** The largest whole unit: `3 days`, `1 hour`, `less than a minute`. */
function durationText(milliseconds: number): string {
  for (const [length, unit] of [
    [DAY, 'day'],
    [HOUR, 'hour'],
    [MINUTE, 'minute'],
  ] as const) {
    const count = Math.floor(milliseconds / length);
    if (count >= 1) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return 'less than a minute';
}
