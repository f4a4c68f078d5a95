import { whyUnkept } from '../state/keeper.js';
import type { HealthFacts } from './HealthFacts.js';
import { durationText, sentence, timeText } from './healthText.js';
import type { Point } from './lookAtPoint.js';

/** What is wrong with one software update point, as a sentence; what is wrong with its site is not told here. */
export function pointText(point: Point, facts: HealthFacts): string | undefined {
  const { row, success } = point;
  const name = row.WSUSServerName;
  if (row.ReplicationLinkStatusName === 'Revoked') return undefined;
  if (point.isCutOff) return silentText(point, facts);
  if (point.isStuck) return stuckText(point, facts);
  if (point.failure !== undefined) return failedText(point, point.failure, facts);
  if (success === undefined)
    return `${name} ${point.isRunning ? 'synchronizes for the first time' : 'has never synchronized'}.`;
  if (point.isFollowing) return undefined;
  if (point.behind > 0) return behindText(point, facts);
  if (point.isOut) return `${name} does not have the same content as its upstream server.`;
  if (point.isAhead) return aheadText(point, success, facts);
  return point.isLate ? lateText(point, success, facts) : undefined;
}

function silentText({ row }: Point, { zone, siteCode }: HealthFacts): string {
  const name = row.WSUSServerName;
  const seen = row.LastReplicationLinkCheckTime;
  const there = row.SiteCode === siteCode ? '' : ' there';
  if (row.ReplicationLinkStatusName === 'NotJoined')
    return (
      `${name} is not joined to site ${row.SiteCode}, or was revoked: join it${there} with New-CMSyncJoinToken -Role ` +
      'SoftwareUpdatePoint (configmgrsync site join-token), or remove the role with Remove-CMSoftwareUpdatePoint ' +
      '(configmgrsync sup remove).'
    );
  return seen === null
    ? `${name} has never connected.`
    : `${name} has been silent since ${timeText(Date.parse(seen), zone)}.`;
}

/** The last attempt is not when it began to fail: what is known is how long there was no success. */
function failedText({ row, success, isAtWork }: Point, reason: string, { now }: HealthFacts): string {
  const last = success === undefined ? 'has never succeeded' : `last succeeded ${durationText(now - success)} ago`;
  const before = isAtWork ? `${last}, synchronizes now,` : last;
  const end = row.LastSyncErrorId === 'Cancelled' ? 'was stopped' : 'failed';
  const failed = `${end} at its last attempt${reason === '' ? '' : `: ${reason}`}`;
  return `${row.WSUSServerName} ${before} and ${sentence(failed)}`;
}

function stuckText({ row, success }: Point, { now, zone }: HealthFacts): string {
  const last =
    success === undefined ? 'it has never succeeded' : `it last succeeded ${durationText(now - success)} ago`;
  const since = timeText(Date.parse(row.LastSyncStateTime ?? ''), zone);
  return `${row.WSUSServerName} has made no progress in its synchronization since ${since}; ${last}.`;
}

function behindText({ row, behind, behindSince, isAtWork }: Point, { zone }: HealthFacts): string {
  const versions = behind === 1 ? '1 version' : `${behind} versions`;
  const how =
    behindSince === undefined
      ? `is ${versions} behind`
      : `has been ${versions} behind since ${timeText(behindSince, zone)}`;
  return `${row.WSUSServerName} ${how}${isAtWork ? ' and synchronizes now' : ''}.`;
}

function aheadText({ row }: Point, success: number, { zone }: HealthFacts): string {
  return (
    `${row.WSUSServerName} says that it succeeded at ${timeText(success, zone)}, which is in the future: a clock is ` +
    'or was wrong, and the age of its content is unknown.'
  );
}

function lateText({ row, due, isOwn }: Point, success: number, facts: HealthFacts): string {
  const { now, zone, broughtAt, keeper } = facts;
  const name = row.WSUSServerName;
  const age = durationText(now - success);
  if (!isOwn) return `${name} has not synchronized for ${age}, although its upstream server has.`;
  if (due?.by === 'Schedule') {
    const why = whyUnkept(keeper);
    return (
      `${name} should have synchronized at ${timeText(due.time, zone)} by its schedule and did not` +
      `${why === undefined ? '' : ` (${why})`}; its last success was ${age} ago.`
    );
  }
  if (due?.by === 'Nobody') return `${name} has not synchronized for ${age}, and no schedule starts it.`;
  return broughtAt === undefined
    ? `${name} has no source and has never imported anything.`
    : `${name} has no source and has imported nothing for ${durationText(now - broughtAt)}.`;
}
