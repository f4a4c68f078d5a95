import type { SoftwareUpdate, UpdateListRequest } from '../../contract/generated/types.js';
import { BYTE_ORDER_MARK, csvRow } from '../../platform/csvRow.js';
import { MINUTE, parseWallTime, toInstant, type Zone } from '../../schedule/zone.js';
import type { Reader } from '../PageSource.js';
import { addressWith, choiceOf, fieldOf, formOf, oneOf, SEVERITIES } from '../form.js';
import { type Html, html } from '../html.js';
import type { View } from '../layout.js';
import { type Column, tableOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { timeOf } from '../times.js';
import { titleOf } from '../titleOf.js';

const T = TEXTS.updates;
const FLAGS = ['superseded', 'expired'] as const;
const PAGE = 50;

/** What updates are sorted by, as the address and as a command says it. */
const ORDERS = { kb: 'ArticleID', title: 'LocalizedDisplayName', posted: 'DatePosted', severity: 'Severity' } as const;
type Order = keyof typeof ORDERS;
const ORDER_NAMES = Object.keys(ORDERS) as Order[];

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
  const flag = (name: string): boolean | undefined => ({ yes: true, no: false })[text(name) ?? ''];
  const [product, classification, after] = [text('product'), text('classification'), text('after')];
  const severity = oneOf(SEVERITIES, text('severity'));
  const dates = [day('from', '00:00', 0), day('to', '23:59', MINUTE - 1)];
  if (dates.includes('')) return undefined;
  if (severity === undefined && text('severity') !== undefined) return undefined;
  if (after !== undefined && !/^\d{1,15}$/.test(after)) return undefined;
  const request = {
    articleId: text('kb'),
    name: text('name'),
    product: product === undefined ? undefined : [product],
    classification: classification === undefined ? undefined : [classification],
    severity,
    datePostedMin: dates[0],
    datePostedMax: dates[1],
    isSuperseded: flag('superseded'),
    isExpired: flag('expired'),
    after: after === undefined ? undefined : Number(after),
    ...sortingOf(query),
  };
  const given = Object.entries(request).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), wildcard: true, pageSize: PAGE };
}

/** The newest first, unless the reader wants it otherwise. */
function sortingOf(query: URLSearchParams): Required<Pick<UpdateListRequest, 'orderBy' | 'descending'>> {
  const order = oneOf(ORDER_NAMES, query.get('sort'));
  return { orderBy: ORDERS[order ?? 'posted'], descending: order === undefined || query.get('down') === 'yes' };
}

/** Search of updates: the form, and one page of what it finds. */
export async function updatesView(reader: Reader): Promise<View> {
  const { ask, query, zone } = reader;
  const request = requestOf(reader);
  if (request === undefined) return { title: T.title, status: 400, body: html`<p>${TEXTS.errors.invalid}</p>` };
  const page = await ask('update/list', request);
  const address = (after?: number): string =>
    addressWith('/updates', query, { after: after === undefined ? undefined : String(after) });
  const found =
    page.updates.length === 0
      ? html`<p>${T.noneFound}</p>`
      : html`${sortLinks(query)}${tableOf(T.found, columnsOf(zone), page.updates)}`;
  return {
    title: T.title,
    body: html`${searchForm(query)}${page.warnings?.map((warning) => html`<p class="note">${warning}</p>`)}${found}
      <p><a href="${addressWith('/updates.csv', query, {})}">${T.csv}</a></p>
      ${page.next === null ? undefined : html`<p><a href="${address(page.next)}">${T.more}</a></p>`}`,
  };
}

/** Links that sort: again the other way round. */
function sortLinks(query: URLSearchParams): Html {
  const { orderBy, descending } = sortingOf(query);
  const link = (name: Order): Html => {
    const isThis = ORDERS[name] === orderBy;
    const down = isThis ? !descending : name === 'posted' || name === 'severity';
    const href = addressWith('/updates', query, { sort: name, down: down ? 'yes' : 'no', after: undefined });
    const text = isThis ? T.sorted(T.columns[name], descending) : T.columns[name];
    return html`<li><a href="${href}">${text}</a></li> `;
  };
  return html`<nav aria-label="${T.sort}">
    <ul class="choices">
      <li>${T.sort}</li>
      ${ORDER_NAMES.map(link)}
    </ul>
  </nav>`;
}

function searchForm(query: URLSearchParams): Html {
  const field = (name: 'kb' | 'name' | 'product' | 'classification' | 'from' | 'to', type: 'text' | 'date'): Html =>
    fieldOf(T.fields[name], name, { query, type });
  const yesNo = [['yes', TEXTS.yes] as const, ['no', TEXTS.no] as const];
  return formOf('/updates', T.search, [
    field('kb', 'text'),
    field('name', 'text'),
    field('product', 'text'),
    field('classification', 'text'),
    choiceOf(T.fields.severity, 'severity', { query, options: SEVERITIES.map((one) => [one, one]) }),
    field('from', 'date'),
    field('to', 'date'),
    FLAGS.map((name) => choiceOf(T.fields[name], name, { query, options: yesNo })),
  ]);
}

function columnsOf(zone: Zone): readonly Column<SoftwareUpdate>[] {
  const { columns: heading } = T;
  return [
    { heading: heading.kb, cell: (update) => update.ArticleID },
    {
      heading: heading.title,
      cell: (update) => html`<a href="/updates/${update.CI_ID}">${titleOf(update)}</a>`,
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

/** Updates of one file: as many as one request gives, which sorts all that there are. */
const CSV_LINES = 5000;

/** What is found as CSV (RFC 4180); what a spreadsheet would take for a formula is text. Undefined for a bad query. */
export async function updatesCsv(reader: Reader): Promise<string | undefined> {
  const request = requestOf(reader);
  if (request === undefined) return undefined;
  const { updates } = await reader.ask('update/list', { ...request, pageSize: CSV_LINES, after: 0 });
  return BYTE_ORDER_MARK + [csvRow(Object.values(T.columns)), ...updates.map(rowOf)].join('');
}

function rowOf(update: SoftwareUpdate): string {
  return csvRow([
    update.ArticleID,
    update.LocalizedDisplayName,
    update.Product ?? '',
    update.Classification ?? '',
    update.SeverityName,
    update.DatePosted ?? '',
    stateOf(update),
  ]);
}
