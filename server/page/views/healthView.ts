import type { Run } from '../../contract/generated/types.js';
import type { Reader } from '../PageSource.js';
import { type Html, html } from '../html.js';
import type { View } from '../layout.js';
import { newestMessages } from '../newestMessages.js';
import { listOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { durationOf } from '../times.js';
import { inTree, type TreeRow } from './healthTree.js';
import { folded, hierarchyTable } from './hierarchy.js';

const T = TEXTS.health;

/** Lines that say what to do. */
const ACTIONS = 30;

/** Synchronizations that the mean is made of. */
const RECENT = 20;

/** Status messages that failures are counted in. */
const MESSAGES = 500;

/** The sentence, what needs doing, the hierarchy as a tree. */
export async function healthView(reader: Reader): Promise<View> {
  const { ask, zone, now } = reader;
  const health = await ask('health/get', {});
  const { status, warnings = [] } = await ask('status/get', {});
  const { runs } = await ask('run/list', { newest: RECENT, state: ['Succeeded'] });
  const messages = health.SoftwareUpdatePoints.some(({ LastError }) => LastError !== '')
    ? await newestMessages(ask, MESSAGES)
    : [];
  const { sites } = await ask('site/tree', {});
  const rows = inTree(health.SoftwareUpdatePoints, status, sites);
  const { shown, hidden } = folded(rows);
  return {
    title: T.title,
    body: html`<p class="sentence ${health.Status.toLowerCase()}" role="status">${health.Summary}</p>
      ${warnings.map((warning) => html`<p class="note">${warning}</p> `)}
      <h2>${T.actions}</h2>
      ${listOf(actionsOf(health.Actions), T.nothing)} ${hierarchyTable(shown, { zone, now, messages })}
      ${hidden === 0 ? undefined : foldedText(rows, hidden)} ${durationsOf(runs)}`,
  };
}

/** The worst come first; of very many the rest is counted. */
function actionsOf(actions: readonly string[]): readonly string[] {
  const rest = actions.length - ACTIONS;
  return rest > 0 ? [...actions.slice(0, ACTIONS), T.moreActions(rest)] : actions;
}

function foldedText(rows: readonly TreeRow[], hidden: number): Html {
  const inStep = rows.filter(({ row }) => row.InStep).length;
  return html`<p>${T.folded(inStep, rows.length, hidden)} <a href="/sites">${T.all}</a></p>`;
}

function durationsOf(runs: readonly Run[]): Html | undefined {
  if (runs.length < 2) return undefined;
  const seconds = runs.map((run) => run.DurationSeconds);
  const mean = seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
  const deviation = Math.sqrt(seconds.reduce((sum, one) => sum + (one - mean) ** 2, 0) / seconds.length);
  return html`<p>${T.durations(durationOf(mean), durationOf(deviation), runs.length)}</p>`;
}
