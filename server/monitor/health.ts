import type { Health, HealthRow } from '../contract/generated/types.js';
import { type Finding, type HealthFacts, type State, STATES } from './HealthFacts.js';
import { durationText } from './healthText.js';
import { type PointHealth, pointsHealth } from './pointHealth.js';
import { parentFindings, siteFindings } from './siteFindings.js';

/** How a site and all below it are: a sentence, a row for each software update point, what needs doing, worst first. */
export function healthOf(facts: HealthFacts): Health {
  const points = pointsHealth(facts);
  // The order of what is equally bad: the parent is the cause of much that follows.
  const findings = [
    ...parentFindings(facts),
    ...points.flatMap(({ finding }) => finding ?? []),
    ...siteFindings(facts),
  ].sort((a, b) => STATES.indexOf(b.state) - STATES.indexOf(a.state));
  const state = stateOf(points, findings);
  const rows = points.map(({ row }) => row);
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

/** Broken with damage or a revoked site, and where no software update point is well any more. */
function stateOf(points: readonly PointHealth[], findings: readonly Finding[]): State {
  if (points.length === 0) return 'Unknown';
  if (findings.some(({ state }) => state === 'Broken') || !points.some(({ isAlive }) => isAlive)) return 'Broken';
  return findings.length > 0 ? 'Degraded' : 'Well';
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
  if (others.length === 0) return text;
  const more = others.length === 1 ? '1 more thing needs doing' : `${others.length} more things need doing`;
  return `${text.replace(/\.$/, '')}; ${more}.`;
}

function allInStep(rows: readonly HealthRow[], findings: readonly Finding[], facts: HealthFacts): string {
  const [row] = rows;
  const age = durationText(facts.now - Date.parse(row?.LastSuccessfulSyncTime ?? ''));
  const head =
    rows.length === 1
      ? `The software update point is in step; its last success was ${age} ago`
      : `All ${rows.length} software update points are in step; the last success of ${nameOf(row)} was ${age} ago`;
  if (findings.length > 0) return `${head}, but: ${worstOf(findings)}`;
  return `${head}${byItself(facts)}${awaited(rows)}.`;
}

/** What does not come by itself is said, also where it is meant so. */
function byItself({ next, parent, rhythm }: HealthFacts): string {
  if (next.time !== undefined || parent !== undefined) return '';
  return rhythm.hasSource
    ? `; it does not synchronize by itself: ${next.reason}`
    : '; it has no source and takes imports';
}

/** A site that has just started knows of those below what they said before. */
function awaited(rows: readonly HealthRow[]): string {
  const count = rows.filter((row) => row.Link === 'Degraded').length;
  if (count === 0) return '';
  return `; ${count === 1 ? '1 has' : `${count} have`} not come back yet since the site above started`;
}

function nameOf(row: HealthRow | undefined): string {
  return row?.WSUSServerName ?? '';
}
