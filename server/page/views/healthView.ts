import type { Reader } from '../PageSource.js';
import { type Html, html } from '../html.js';
import type { View } from '../layout.js';
import { newestMessages } from '../newestMessages.js';
import { listOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { inTree, type TreeRow } from './healthTree.js';
import { folded, hierarchyTable } from './hierarchy.js';

const T = TEXTS.health;

/** Lines that say what to do. */
const ACTIONS = 30;

/** Status messages that failures are counted in. */
const MESSAGES = 500;

/** The sentence, what needs doing, the hierarchy as a tree. */
export async function healthView(reader: Reader): Promise<View> {
  const { ask, zone, now } = reader;
  const health = await ask('health/get', {});
  const { status, warnings = [] } = await ask('status/get', {});
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
      ${hidden === 0 ? undefined : foldedText(rows, hidden)} ${durationsText(shown)}`,
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

function durationsText(rows: readonly TreeRow[]): Html | undefined {
  const isTimed = rows.some(({ status }) => status?.MeanDurationSeconds != null);
  return isTimed ? html`<p>${T.durations}</p>` : undefined;
}
