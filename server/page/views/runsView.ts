import type { Run } from '../../contract/generated/types.js';
import type { Zone } from '../../schedule/zone.js';
import type { Reader } from '../PageSource.js';
import { html } from '../html.js';
import type { View } from '../layout.js';
import { type Column, tableOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { durationOf, timeOf } from '../times.js';
import { runChart } from './runChart.js';

const T = TEXTS.runs;

/** Runs on one page. */
const SHOWN = 100;

/** The newest synchronizations as a picture and as a table. */
export async function runsView({ ask, zone }: Reader): Promise<View> {
  const { runs } = await ask('run/list', { newest: SHOWN });
  if (runs.length === 0) return { title: T.title, body: html`<p>${T.empty}</p>` };
  return { title: T.title, body: html`${runChart(runs, T.chart)}${tableOf(T.title, columnsOf(zone), runs)}` };
}

function columnsOf(zone: Zone): readonly Column<Run>[] {
  const { columns: heading } = T;
  const count = (text: string, value: (run: Run) => number): Column<Run> => ({
    heading: text,
    cell: value,
    isNumber: true,
  });
  return [
    { heading: heading.id, cell: (run) => html`<a href="/runs/${run.Id}">${run.Id}</a>` },
    { heading: heading.start, cell: (run) => timeOf(run.StartTime, zone) },
    { heading: heading.duration, cell: (run) => durationOf(run.DurationSeconds), isNumber: true },
    { heading: heading.state, cell: (run) => html`<span class="${run.State.toLowerCase()}">${run.State}</span>` },
    { heading: heading.kind, cell: (run) => run.Kind },
    { heading: heading.requester, cell: (run) => run.Requester },
    count(heading.new, (run) => run.Counts.New),
    count(heading.revised, (run) => run.Counts.Revised),
    count(heading.expired, (run) => run.Counts.Expired),
    count(heading.failed, (run) => run.Counts.Failed),
  ];
}
