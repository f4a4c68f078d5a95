import type { SoftwareUpdate } from '../../contract/generated/types.js';
import type { Zone } from '../../schedule/zone.js';
import type { Reader } from '../PageSource.js';
import { type Html, html } from '../html.js';
import type { View } from '../layout.js';
import { factsOf, listOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { timeOf } from '../times.js';

const T = TEXTS.update;

/** One update with what it stands in relation to; undefined where there is none of that number. */
export async function updateView({ ask, zone }: Reader, id: number): Promise<View | undefined> {
  const { updates } = await ask('update/list', { id, lazy: true });
  const [update] = updates;
  if (update === undefined) return undefined;
  const list = (heading: string, items: readonly string[]): Html | undefined =>
    items.length === 0
      ? undefined
      : html`<h2>${heading}</h2>
          ${listOf(items, '')}`;
  return {
    title: update.LocalizedDisplayName,
    body: html`<p>${update.LocalizedDescription}</p>
      ${facts(update, zone)}
      ${list(T.supersedes, update.SupersededUpdates)}${list(T.supersededBy, update.SupersedingUpdates)}
      ${list(T.bundles, update.BundledUpdates)}${list(T.files, update.FileNames ?? [])}`,
  };
}

function facts(update: SoftwareUpdate, zone: Zone): Html {
  const { columns: heading, states } = TEXTS.updates;
  const state = update.IsExpired ? states.expired : update.IsSuperseded ? states.superseded : states.active;
  const url = update.LocalizedInformativeURL;
  return factsOf([
    [heading.kb, update.ArticleID],
    [heading.product, update.Product],
    [heading.classification, update.Classification],
    [heading.severity, update.SeverityName],
    [heading.posted, timeOf(update.DatePosted, zone)],
    [heading.state, state],
    [T.size, T.bytes(update.Size)],
    [T.languages, update.UpdateLocales.join(', ')],
    [T.about, /^https?:\/\//i.test(url) ? html`<a href="${url}" rel="noreferrer">${url}</a>` : url],
  ]);
}
