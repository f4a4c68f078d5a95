import type { Run } from '../../contract/generated/types.js';
import type { Reader } from '../PageSource.js';
import { html } from '../html.js';
import type { View } from '../layout.js';
import { numberOf } from '../numberOf.js';
import { type Column, tableOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { agedTimeOf, type Clock, durationOf } from '../times.js';
import { growthChart } from './growthChart.js';
import { runChart } from './runChart.js';

const T = TEXTS.runs;

/** Runs on one page. */
const SHOWN = 100;

/** Synchronizations as a picture and as a table, the newest first. */
export async function runsView({ ask, query, zone, now }: Reader): Promise<View> {
  const before = numberOf(query.get('before'));
  const { runs } = await ask('run/list', { newest: SHOWN, ...(before === undefined || before < 1 ? {} : { before }) });
  if (runs.length === 0) return { title: T.title, body: html`<p>${before === undefined ? T.empty : T.noMore}</p>` };
  const last = runs.at(-1)?.Id ?? 1;
  return {
    title: T.title,
    body: html`${runChart(runs)}${growthChart(runs)}${tableOf(T.title, columnsOf({ zone, now }), runs)}
    ${last > 1 ? html`<p><a href="/runs?before=${last}">${T.earlier}</a></p>` : undefined}`,
  };
}

function columnsOf(clock: Clock): readonly Column<Run>[] {
  const { columns: heading } = T;
  const count = (text: string, value: (run: Run) => number): Column<Run> => ({
    heading: text,
    cell: value,
    isNumber: true,
  });
  return [
    { heading: heading.id, cell: (run) => html`<a href="/runs/${run.Id}">${run.Id}</a>` },
    { heading: heading.start, cell: (run) => agedTimeOf(run.StartTime, clock) },
    { heading: heading.duration, cell: (run) => durationOf(run.DurationSeconds), isNumber: true },
    { heading: heading.state, cell: (run) => html`<span class="${run.State.toLowerCase()}">${run.State}</span>` },
    { heading: heading.kind, cell: (run) => run.Kind },
    { heading: heading.requester, cell: (run) => run.Requester },
    count(heading.new, (run) => run.Counts.New),
    count(heading.revised, (run) => run.Counts.Revised),
    count(heading.expired, (run) => run.Counts.Expired),
    count(heading.superseded, (run) => run.Counts.Superseded),
    count(heading.failed, (run) => run.Counts.Failed),
  ];
}
