import type { Run, UpdateChange } from '../../contract/generated/types.js';
import { Html, html } from '../html.js';
import { PAGE_CSS } from '../pageFiles.js';
import { type Column, factsOf, listOf, tableInTurns, tableOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { agedTimeOf, durationOf, timeOf, wallOf } from '../times.js';
import { titleOf } from '../titleOf.js';
import { inTree } from '../views/healthTree.js';
import { folded, hierarchyTable } from '../views/hierarchy.js';
import { growthChart } from '../views/growthChart.js';
import { runChart } from '../views/runChart.js';
import { CHANGE_KINDS, changesOf, type ReportFacts } from './ReportFacts.js';

const T = TEXTS.report;

/** A policy that lets nothing in but the style: titles are hostile, and the file may be opened anywhere. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** The report as one file that needs no other. */
export async function htmlReport(facts: ReportFacts): Promise<string> {
  const { siteCode, serverName, health, since, now, zone } = facts;
  const title = T.title(siteCode, serverName);
  const changes = await changesOfAll(facts);
  return html`<!doctype html>
    <html lang="${TEXTS.lang}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Html(PAGE_CSS)}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>${timeOf(since.toISOString(), zone)} - ${timeOf(now.toISOString(), zone)} (${zone.name})</p>
          <p class="sentence ${health.Status.toLowerCase()}">${health.Summary}</p>
          ${facts.warnings.map((warning) => html`<p class="note">${warning}</p> `)}
          <h2>${TEXTS.health.actions}</h2>
          ${listOf(health.Actions, TEXTS.health.nothing)} ${factsOf([[T.next, nextOf(facts)]])} ${pointsOf(facts)}
          ${runsOf(facts)} ${changes}
        </main>
      </body>
    </html> `.markup;
}

function nextOf({ next, zone, now }: ReportFacts): Html {
  return next.time === null
    ? html`${TEXTS.none} (${next.reason})`
    : html`${agedTimeOf(next.time, { zone, now })}, ${next.reason}`;
}

/** Of a large hierarchy those that are not in step. */
function pointsOf({ health, statuses, sites, zone, now }: ReportFacts): Html {
  const points = health.SoftwareUpdatePoints;
  const { shown, hidden } = folded(inTree(points, statuses, sites));
  const inStep = points.filter((row) => row.InStep).length;
  const rest = hidden === 0 ? undefined : html`<p>${TEXTS.health.folded(inStep, points.length, hidden)}</p>`;
  return html`${hierarchyTable(shown, { zone, now, messages: [], isFile: true })}${rest}`;
}

const WHOLE = 100;

function runsOf({ runs, zone, now }: ReportFacts): Html {
  const { columns: heading } = TEXTS.runs;
  const columns: readonly Column<Run>[] = [
    { heading: heading.id, cell: (run) => run.Id },
    { heading: heading.start, cell: (run) => agedTimeOf(run.StartTime, { zone, now }) },
    { heading: heading.duration, cell: (run) => durationOf(run.DurationSeconds), isNumber: true },
    { heading: heading.state, cell: (run) => html`<span class="${run.State.toLowerCase()}">${run.State}</span>` },
    { heading: heading.new, cell: (run) => run.Counts.New, isNumber: true },
    { heading: heading.expired, cell: (run) => run.Counts.Expired, isNumber: true },
    { heading: heading.superseded, cell: (run) => run.Counts.Superseded, isNumber: true },
    { heading: heading.failed, cell: (run) => run.Counts.Failed, isNumber: true },
    { heading: TEXTS.run.error, cell: (run) => run.ErrorMessage ?? '' },
    { heading: TEXTS.run.nextStep, cell: (run) => run.NextStep ?? '' },
  ];
  const shown = runs.slice(0, WHOLE);
  if (shown.length === 0) return html`<p>${T.noRuns}</p>`;
  return html`${runChart(shown)}${growthChart(shown)}${tableOf(TEXTS.runs.title, columns, shown)}`;
}

async function changesOfAll(facts: ReportFacts): Promise<readonly Html[]> {
  const tables: Html[] = [];
  for (const kind of CHANGE_KINDS) {
    const changes = changesOf(facts, kind);
    const caption = T.changes(kind, changes.length);
    if (changes.length > 0) tables.push(await tableInTurns(caption, changeColumns(facts), changes));
  }
  return tables;
}

function changeColumns({ zone }: ReportFacts): readonly Column<UpdateChange>[] {
  const { columns: heading } = TEXTS.updates;
  return [
    { heading: heading.kb, cell: (change) => change.ArticleID },
    { heading: heading.title, cell: titleOf },
    { heading: heading.product, cell: (change) => change.Product },
    { heading: heading.classification, cell: (change) => change.Classification },
    { heading: heading.severity, cell: (change) => change.SeverityName },
    { heading: heading.posted, cell: ({ DatePosted: at = null }) => (at === null ? '' : wallOf(Date.parse(at), zone)) },
  ];
}
