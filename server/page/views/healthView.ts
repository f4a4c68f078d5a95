import type { HealthRow, Run } from '../../contract/generated/types.js';
import type { Zone } from '../../schedule/zone.js';
import type { Reader } from '../PageSource.js';
import { type Html, html } from '../html.js';
import type { View } from '../layout.js';
import { listOf, tableOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { durationOf, timeOf } from '../times.js';
import { inTree, type TreeRow } from './healthTree.js';

const T = TEXTS.health;

/** Synchronizations that the mean is made of. */
const RECENT = 20;

/** The sentence, the hierarchy as a tree, what needs doing. */
export async function healthView({ ask, zone }: Reader): Promise<View> {
  const health = await ask('health/get', {});
  const { status } = await ask('status/get', {});
  const { runs } = await ask('run/list', { newest: RECENT, state: ['Succeeded'] });
  const { sites } = await ask('site/tree', {});
  const rows = inTree(health.SoftwareUpdatePoints, status, sites);
  return {
    title: T.title,
    body: html`<p class="sentence ${health.Status.toLowerCase()}" role="status">${health.Summary}</p>
      <h2>${T.actions}</h2>
      ${listOf(health.Actions, T.nothing)} ${tableOf(T.rows, columnsOf(zone), rows)} ${durationsOf(runs)}`,
  };
}

function columnsOf(zone: Zone) {
  const { columns: heading } = T;
  const column = (text: string, cell: (row: HealthRow, tree: TreeRow) => Html | string | number) => ({
    heading: text,
    cell: (tree: TreeRow) => cell(tree.row, tree),
  });
  return [
    column(
      heading.server,
      (row, { depth }) => html`<span class="depth${Math.min(depth, 6)}">${row.WSUSServerName}</span>`,
    ),
    column(heading.site, (row) => row.SiteCode),
    column(heading.inStep, (row) => mark(row.InStep)),
    { ...column(heading.behind, (row) => row.VersionsBehind), isNumber: true as const },
    column(heading.since, (row) => (row.Since === null ? '' : timeOf(row.Since, zone))),
    column(heading.link, (row) => row.Link),
    column(heading.state, (row, { status }) => status?.LastSyncStateName ?? String(row.LastSyncState)),
    column(heading.success, (row) => timeOf(row.LastSuccessfulSyncTime, zone)),
    column(heading.error, (row) => row.LastError),
    column(heading.source, (_row, { status }) => status?.WSUSSourceServer ?? ''),
    column(heading.next, (row) => (row.NextSyncTime === null ? '' : timeOf(row.NextSyncTime, zone))),
  ];
}

function mark(isSo: boolean): Html {
  return isSo ? html`<span class="well">${TEXTS.yes}</span>` : html`<span class="broken">${TEXTS.no}</span>`;
}

function durationsOf(runs: readonly Run[]): Html | undefined {
  if (runs.length < 2) return undefined;
  const seconds = runs.map((run) => run.DurationSeconds);
  const mean = seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
  const deviation = Math.sqrt(seconds.reduce((sum, one) => sum + (one - mean) ** 2, 0) / seconds.length);
  return html`<p>${T.durations(durationOf(mean), durationOf(deviation), runs.length)}</p>`;
}
