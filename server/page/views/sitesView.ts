import type { Reader } from '../PageSource.js';
import { html } from '../html.js';
import type { View } from '../layout.js';
import { newestMessages } from '../newestMessages.js';
import { numberOf } from '../numberOf.js';
import { TEXTS } from '../texts.js';
import { inTree } from './healthTree.js';
import { hierarchyTable } from './hierarchy.js';

const T = TEXTS.health;
const PAGE = 100;
const MESSAGES = 1000;

/** Every software update point of the hierarchy, page by page. */
export async function sitesView({ ask, query, zone, now }: Reader): Promise<View> {
  const { SoftwareUpdatePoints: points } = await ask('health/get', {});
  const { status } = await ask('status/get', {});
  const messages = await newestMessages(ask, MESSAGES);
  const { sites } = await ask('site/tree', {});
  const rows = inTree(points, status, sites);
  const from = numberOf(query.get('from')) ?? 0;
  const next = from + PAGE;
  return {
    title: T.rows,
    body: html`<p>${T.part(Math.min(from + 1, rows.length), Math.min(next, rows.length), rows.length)}</p>
      ${hierarchyTable(rows.slice(from, next), { zone, now, messages })}
      ${next < rows.length ? html`<p><a href="/sites?from=${next}">${TEXTS.run.more}</a></p>` : undefined}`,
  };
}
