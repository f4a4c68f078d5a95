import type { HealthRow, Run, UpdateChange } from '../../contract/generated/types.js';
import { printable } from '../../platform/printable.js';
import { mapInTurns } from '../mapInTurns.js';
import { TEXTS } from '../texts.js';
import { ageText, durationOf, wallOf } from '../times.js';
import { titleOf } from '../titleOf.js';
import { CHANGE_KINDS, changesOf, type ReportFacts } from './ReportFacts.js';

const T = TEXTS.report;

/** The report as lines for a mail. */
export async function textReport(facts: ReportFacts): Promise<string> {
  const { health, siteCode, serverName, since, now, zone } = facts;
  const time = (at: Date): string => wallOf(at.getTime(), zone);
  const title = T.title(siteCode, serverName);
  const lines = [
    title,
    '='.repeat(title.length),
    T.period(time(since), time(now), zone.name),
    '',
    health.Summary,
    ...facts.warnings,
    nextText(facts),
    ...section(TEXTS.health.actions, health.Actions),
    ...section(TEXTS.health.rows, health.SoftwareUpdatePoints.map(pointText)),
    ...section(
      TEXTS.runs.title,
      facts.runs.map((run) => runText(run, time)),
    ),
    ...(await changeLines(facts)),
    '',
  ];
  return (await mapInTurns(lines, printable)).join('\n');
}

async function changeLines(facts: ReportFacts): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const kind of CHANGE_KINDS) {
    const changes = changesOf(facts, kind);
    lines.push(...section(T.changes(kind, changes.length), await mapInTurns(changes, changeText)));
  }
  return lines;
}

/** `2026-12-01 02:00 (in 3 h 4 min), schedule`. */
function nextText({ next, now, zone }: ReportFacts): string {
  if (next.time === null) return `${T.next}: ${TEXTS.none} (${next.reason})`;
  const time = Date.parse(next.time);
  return `${T.next}: ${wallOf(time, zone)} (${ageText((now.getTime() - time) / 1000)}), ${next.reason}`;
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', heading, '-'.repeat(heading.length), ...lines.map((line) => `  ${line}`)];
}

function pointText({ SiteCode, WSUSServerName, InStep, VersionsBehind, LastError }: HealthRow): string {
  const state = InStep ? T.inStep : T.notInStep(VersionsBehind);
  return `${SiteCode} ${WSUSServerName}: ${state}${LastError === '' ? '' : `. ${LastError}`}`;
}

function runText(run: Run, time: (at: Date) => string): string {
  const { Id, State, Kind, StartTime, DurationSeconds, ErrorMessage, Counts } = run;
  const failed = Counts.Failed > 0 ? `, ${T.failed(Counts.Failed)}` : '';
  const head = `${Id}  ${time(new Date(StartTime))}  ${State}, ${Kind}, ${durationOf(DurationSeconds)}${failed}`;
  return (ErrorMessage ?? '') === '' ? head : `${head}: ${ErrorMessage}`;
}

function changeText(change: UpdateChange): string {
  const { ArticleID, SeverityName } = change;
  const severity = SeverityName === 'None' || SeverityName === '' ? '' : ` [${SeverityName}]`;
  return `${ArticleID === '' ? '' : `KB${ArticleID} `}${titleOf(change)}${severity}`.replace(/\s+/g, ' ');
}
