import type { ContentFileInfo, SoftwareUpdate } from '../../contract/generated/types.js';
import type { Reader } from '../PageSource.js';
import { type Html, html, type Piece } from '../html.js';
import type { View } from '../layout.js';
import { factsOf, listOf, tableOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { agedTimeOf, type Clock } from '../times.js';
import { titleOf } from '../titleOf.js';
import { type ChainLink, chainOf } from './supersedence.js';

const T = TEXTS.update;

/** Characters of a document that are shown. */
const SHOWN = 65_536;

/** One update with what it stands in relation to; undefined where there is none of that number. */
export async function updateView(reader: Reader, id: number): Promise<View | undefined> {
  const { ask } = reader;
  const { updates } = await ask('update/list', { id, lazy: true });
  const [update] = updates;
  if (update === undefined) return undefined;
  const { files } = await ask('content/list', { ciIds: [id] });
  const older = await chainOf(ask, update, 'SupersededUpdates');
  const newer = await chainOf(ask, update, 'SupersedingUpdates');
  const bundled = await chainOf(ask, update, 'BundledUpdates');
  return {
    title: titleOf(update),
    body: html`<p>${update.LocalizedDescription}</p>
      ${facts(update, reader)} ${chain(T.supersededBy, newer)}${chain(T.supersedes, older)}${chain(T.bundles, bundled)}
      ${files.length === 0 ? undefined : fileTable(files)} ${documentOf(update.SDMPackageXML ?? '')}`,
  };
}

function chain(heading: string, links: readonly ChainLink[]): Html | undefined {
  const item = ({ update, id, depth }: ChainLink): Piece =>
    html`<span class="depth${Math.min(depth, 6)}"
      >${
        update === undefined ? id : html`<a href="/updates/${update.CI_ID}">${titleOf(update)}</a> ${update.ArticleID}`
      }</span
    >`;
  return links.length === 0
    ? undefined
    : html`<h2>${heading}</h2>
        ${listOf(links.map(item), '')}`;
}

function facts(update: SoftwareUpdate, clock: Clock): Html {
  const { columns: heading, states } = TEXTS.updates;
  const state = update.IsExpired ? states.expired : update.IsSuperseded ? states.superseded : states.active;
  const url = update.LocalizedInformativeURL;
  return factsOf([
    [heading.kb, update.ArticleID],
    [heading.product, update.Product],
    [heading.classification, update.Classification],
    [heading.severity, update.SeverityName],
    [heading.posted, agedTimeOf(update.DatePosted, clock)],
    [T.revised, agedTimeOf(update.DateRevised, clock)],
    [heading.state, state],
    [T.size, T.bytes(update.Size)],
    [T.languages, update.UpdateLocales.join(', ')],
    [T.id, T.revision(update.CI_UniqueID, update.RevisionNumber)],
    [T.about, /^https?:\/\//i.test(url) ? html`<a href="${url}" rel="noreferrer">${url}</a>` : url],
  ]);
}

function fileTable(files: readonly ContentFileInfo[]): Html {
  return tableOf(
    T.files,
    [
      { heading: T.name, cell: (file) => file.FileName },
      { heading: T.size, cell: (file) => T.bytes(file.FileSize), isNumber: true },
      { heading: T.hash, cell: (file) => file.FileHash },
      // An address is shown as text: the page loads nothing, and a link to a program is easily followed.
      { heading: T.address, cell: (file) => file.SourceURL },
    ],
    files,
  );
}

function documentOf(xml: string): Html | undefined {
  if (xml === '') return undefined;
  const cut = xml.length > SHOWN ? html`<p class="note">${T.cut(SHOWN, xml.length)}</p>` : undefined;
  return html`<details>
    <summary>${T.document}</summary>
    ${cut}
    <pre tabindex="0">${xml.slice(0, SHOWN)}</pre>
  </details>`;
}
