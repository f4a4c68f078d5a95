import type { Health, HealthRow } from '../contract/generated/types.js';
import { isRunningState } from '../status/statusMessage.js';
import { WITHOUT_SCHEDULE } from './dueTime.js';
import { type Finding, type HealthFacts, type State, STATES } from './HealthFacts.js';
import { durationText, timeText } from './healthText.js';
import { type PointHealth, pointsHealth } from './pointHealth.js';
import { belowFindings } from './reportedFindings.js';
import { aboveText, parentFindings, siteFindings } from './siteFindings.js';

/** How a site and all below it are: a sentence, a row for each software update point, what needs doing, worst first. */
export function healthOf(facts: HealthFacts): Health {
  const points = pointsHealth(facts);
  const own = siteFindings(facts);
  const below = belowFindings(facts.below, facts.lastRun?.Warnings ?? []);
  // The order of what is equally bad: what is broken below first; the parent is the cause of much that follows.
  const findings: readonly Finding[] = [
    ...below.filter(({ isBroken }) => isBroken),
    ...parentFindings(facts),
    ...(points.length === 0 ? [withoutPoint(facts)] : points.flatMap(({ finding }) => finding ?? [])),
    ...own,
    ...below.filter(({ isBroken }) => !isBroken),
  ].sort((a, b) => STATES.indexOf(b.state) - STATES.indexOf(a.state));
  const state = stateOf(points, findings);
  const rows = points.map(({ row }) => row);
  return {
    SiteCode: facts.siteCode,
    Status: state,
    ExitCode: STATES.indexOf(state),
    Summary: summaryOf(points, findings, facts),
    Time: new Date(facts.now).toISOString(),
    SoftwareUpdatePoints: rows,
    Actions: findings.map(({ text }) => text),
  };
}

function withoutPoint({ siteCode }: HealthFacts): Finding {
  const add = 'add one with Add-CMSoftwareUpdatePoint (configmgrsync sup add)';
  return {
    state: 'Degraded',
    text: `Site ${siteCode} has no software update point, so it cannot synchronize: ${add}.`,
  };
}

/** Broken with damage or a revoked site, and where the first does not work any more, however well those follow it. */
function stateOf([first]: readonly PointHealth[], findings: readonly Finding[]): State {
  if (first === undefined) return 'Unknown';
  if (findings.some(({ state }) => state === 'Broken') || !first.isAlive) return 'Broken';
  return findings.length > 0 ? 'Degraded' : 'Well';
}

function summaryOf(points: readonly PointHealth[], findings: readonly Finding[], facts: HealthFacts): string {
  const rows = points.map(({ row }) => row);
  const inStep = rows.filter((row) => row.InStep);
  if (rows.length === 0) return `Site ${facts.siteCode} has no software update point.`;
  if (inStep.length === rows.length) return allInStep(rows, findings, facts);
  if (rows.length === 1) return `The software update point is not in step; ${worstOf(findings)}`;
  const following = points.filter(({ isFollowing }) => isFollowing).map(({ row }) => row);
  const are = inStep.length === 1 ? 'is' : 'are';
  const count = `${inStep.length} of ${rows.length} software update points ${are} in step`;
  if (findings.length === 0) return `${count}; ${followingText(following, facts)}.`;
  // Else nobody understands why the status is Broken.
  const isInVain = points[0]?.isAlive === false && inStep.length > 0;
  const head = `${count}${isInVain ? ` with ${nameOf(rows[0])}, which is not well itself` : ''}`;
  const others = following.length === 0 ? '' : `, ${following.length} ${follow(following)}`;
  return `${head}${others}; ${worstOf(findings)}`;
}

/** `Since` of who follows is when there was something new. */
function followingText(rows: readonly HealthRow[], { zone }: HealthFacts): string {
  const since = Math.min(...rows.map((row) => Date.parse(row.Since ?? '')));
  const who = rows.length === 1 ? nameOf(rows[0]) : String(rows.length);
  return `${who} ${follow(rows)} what came at ${timeText(since, zone)}`;
}

function follow({ length }: readonly HealthRow[]): string {
  return length === 1 ? 'follows' : 'follow';
}

/** The worst is what makes the status; that it is not all must not stay unsaid. */
function worstOf([worst, ...others]: readonly Finding[]): string {
  const text = worst?.text ?? '';
  if (others.length === 0) return text;
  const more = others.length === 1 ? '1 more problem' : `${others.length} more problems`;
  return `${text.replace(/\.$/, '')}; ${more}.`;
}

function allInStep(rows: readonly HealthRow[], findings: readonly Finding[], facts: HealthFacts): string {
  const [row] = rows;
  const age = durationText(facts.now - Date.parse(row?.LastSuccessfulSyncTime ?? ''));
  const all = rows.length === 2 ? 'Both' : `All ${rows.length}`;
  const head =
    rows.length === 1
      ? `The software update point is in step; its last success was ${age} ago`
      : `${all} software update points are in step; the last success of ${nameOf(row)} was ${age} ago`;
  if (findings.length > 0) return `${head}, but: ${worstOf(findings)}`;
  return `${head}${synchronizing(rows)}${byItself(facts)}${awaited(rows)}.`;
}

function synchronizing(rows: readonly HealthRow[]): string {
  const running = rows.filter((row) => isRunningState(row.LastSyncState));
  if (running.length === 0) return '';
  if (running.length > 1) return `; ${running.length} synchronize now`;
  return `; ${rows.length === 1 ? 'it' : nameOf(running[0])} synchronizes now`;
}

/** What does not come by itself is said, also where it is meant so; and when the success is from another time. */
function byItself(facts: HealthFacts): string {
  const { next, parent, rhythm } = facts;
  if (parent !== undefined) return isLongAgo(facts) ? `; its ${aboveText(facts)} has asked for nothing since` : '';
  if (next.time !== undefined)
    return rhythm.scheduledSince > successOf(facts)
      ? `; its schedule was set since then, and the next synchronization is at ${timeText(next.time, facts.zone)}`
      : '';
  return rhythm.hasSource
    ? `; it does not synchronize automatically: ${next.reason}`
    : '; it has no source and imports packages';
}

/** Below a parent nobody is late; that a parent stands still shows in nothing else. */
function isLongAgo(facts: HealthFacts): boolean {
  return facts.now - successOf(facts) > WITHOUT_SCHEDULE && !isRunningState(facts.rows[0]?.LastSyncState ?? 0);
}

function successOf({ rows }: HealthFacts): number {
  return Date.parse(rows[0]?.LastSuccessfulSyncTime ?? '');
}

/** A site that has just started knows of those below what they said before. */
function awaited(rows: readonly HealthRow[]): string {
  const count = rows.filter((row) => row.Link === 'Degraded').length;
  if (count === 0) return '';
  return `; ${count === 1 ? '1 has' : `${count} have`} not reconnected since the site above started`;
}

function nameOf(row: HealthRow | undefined): string {
  return row?.WSUSServerName ?? '';
}
