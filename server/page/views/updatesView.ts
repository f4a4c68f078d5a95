import type { SoftwareUpdate, UpdateListRequest } from '../../contract/generated/types.js';
import { csvRow } from '../../platform/csvRow.js';
import { MINUTE, parseWallTime, toInstant, type Zone } from '../../schedule/zone.js';
import type { Reader } from '../PageSource.js';
import { type Html, html } from '../html.js';
import type { View } from '../layout.js';
import { type Column, tableOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { timeOf } from '../times.js';

const T = TEXTS.updates;
const SEVERITIES = ['None', 'Low', 'Moderate', 'Important', 'Critical'] as const;
const FLAGS = ['superseded', 'expired'] as const;
const PAGE = 50;

/** What the reader asked for, as the request of a command; undefined where a value is not valid. */
function requestOf({ query, zone }: Pick<Reader, 'query' | 'zone'>): UpdateListRequest | undefined {
  const text = (name: string): string | undefined => query.get(name)?.trim() || undefined;
  // Days are those of the times that the page shows.
  const day = (name: string, time: string, rest: number): string | undefined => {
    const date = text(name);
    if (date === undefined) return undefined;
    const wall = parseWallTime(`${date}T${time}`);
    return wall === undefined ? '' : new Date(toInstant(zone, wall) + rest).toISOString();
  };
  const isSevere = (value: string | undefined): value is (typeof SEVERITIES)[number] =>
    SEVERITIES.some((one) => one === value);
  const flag = (name: string): boolean | undefined => ({ yes: true, no: false })[text(name) ?? ''];
  const [severity, product, after] = [text('severity'), text('product'), text('after')];
  const dates = [day('from', '00:00', 0), day('to', '23:59', MINUTE - 1)];
  if (dates.includes('')) return undefined;
  if (severity !== undefined && !isSevere(severity)) return undefined;
  if (after !== undefined && !/^\d{1,15}$/.test(after)) return undefined;
  const request = {
    articleId: text('kb'),
    name: text('name'),
    product: product === undefined ? undefined : [product],
    severity,
    datePostedMin: dates[0],
    datePostedMax: dates[1],
    isSuperseded: flag('superseded'),
    isExpired: flag('expired'),
    after: after === undefined ? undefined : Number(after),
  };
  const given = Object.entries(request).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), wildcard: true, pageSize: PAGE };
}

/** Search of updates: the form, and one page of what it finds. */
export async function updatesView(reader: Reader): Promise<View> {
  const { ask, query, zone } = reader;
  const request = requestOf(reader);
  if (request === undefined) return { title: T.title, status: 400, body: html`<p>${TEXTS.errors.invalid}</p>` };
  const page = await ask('update/list', request);
  const asked = (after?: number): string => {
    const next = new URLSearchParams(query);
    next.delete('after');
    if (after !== undefined) next.set('after', String(after));
    return next.toString();
  };
  const found =
    page.updates.length === 0 ? html`<p>${T.noneFound}</p>` : tableOf(T.found, columnsOf(zone), page.updates);
  return {
    title: T.title,
    body: html`${formOf(query)}${page.warnings?.map((warning) => html`<p class="note">${warning}</p>`)}${found}
      <p><a href="/updates.csv?${query.toString()}">${T.csv}</a></p>
      ${page.next === null ? undefined : html`<p><a href="/updates?${asked(page.next)}">${T.more}</a></p>`}`,
  };
}

function formOf(query: URLSearchParams): Html {
  const field = (name: 'kb' | 'name' | 'product' | 'from' | 'to', type: string): Html =>
    html`<label>${T.fields[name]} <input type="${type}" name="${name}" value="${query.get(name) ?? ''}" /></label>`;
  const choice = (name: 'severity' | (typeof FLAGS)[number], options: readonly (readonly [string, string])[]): Html =>
    html`<label
      >${T.fields[name]}
      <select name="${name}">
        ${[['', T.any] as const, ...options].map(([value, text]) =>
          value === (query.get(name) ?? '')
            ? html`<option value="${value}" selected>${text}</option>`
            : html`<option value="${value}">${text}</option>`,
        )}
      </select></label
    >`;
  const yesNo = [['yes', TEXTS.yes] as const, ['no', TEXTS.no] as const];
  return html`<form action="/updates" method="get" role="search">
    ${field('kb', 'text')} ${field('name', 'text')} ${field('product', 'text')}
    ${choice(
      'severity',
      SEVERITIES.map((one) => [one, one] as const),
    )}
    ${field('from', 'date')} ${field('to', 'date')} ${FLAGS.map((name) => choice(name, yesNo))}
    <button>${T.search}</button>
  </form>`;
}

function columnsOf(zone: Zone): readonly Column<SoftwareUpdate>[] {
  const { columns: heading } = T;
  return [
    { heading: heading.kb, cell: (update) => update.ArticleID },
    {
      heading: heading.title,
      cell: (update) => html`<a href="/updates/${update.CI_ID}">${update.LocalizedDisplayName}</a>`,
    },
    { heading: heading.product, cell: (update) => update.Product },
    { heading: heading.classification, cell: (update) => update.Classification },
    { heading: heading.severity, cell: (update) => update.SeverityName },
    { heading: heading.posted, cell: (update) => timeOf(update.DatePosted, zone) },
    { heading: heading.state, cell: stateOf },
  ];
}

function stateOf(update: SoftwareUpdate): string {
  if (update.IsExpired) return T.states.expired;
  return update.IsSuperseded ? T.states.superseded : T.states.active;
}

/** The same page as CSV (RFC 4180); what a spreadsheet would take for a formula is text. Undefined for a bad query. */
export async function updatesCsv(reader: Reader): Promise<string | undefined> {
  const request = requestOf(reader);
  if (request === undefined) return undefined;
  const { updates } = await reader.ask('update/list', request);
  const { columns: heading } = T;
  const rows = updates.map((update) => [
    update.ArticleID,
    update.LocalizedDisplayName,
    update.Product ?? '',
    update.Classification ?? '',
    update.SeverityName,
    update.DatePosted ?? '',
    stateOf(update),
  ]);
  return [Object.values(heading), ...rows].map(csvRow).join('');
}
