import type { Run, RunChangesRequest, UpdateChange } from '../../contract/generated/types.js';
import type { Reader } from '../PageSource.js';
import { addressWith, choiceOf, fieldOf, formOf, oneOf, SEVERITIES } from '../form.js';
import { bytesText } from '../bytesText.js';
import { type Html, html } from '../html.js';
import type { View } from '../layout.js';
import { numberOf } from '../numberOf.js';
import { type Column, factsOf, listOf, tableOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { agedTimeOf, type Clock, durationOf } from '../times.js';
import { titleOf } from '../titleOf.js';

const T = TEXTS.run;
const KINDS = ['New', 'Revised', 'Expired', 'Superseded', 'Removed'] as const;
const PAGE = 100;

/** What of the changes of a run is wanted. */
type Wanted = Omit<RunChangesRequest, 'id' | 'pageSize'>;

/** One synchronization with what it changed; undefined where there is none of that number. */
export async function runView(reader: Reader, id: number): Promise<View | undefined> {
  const { runs } = await reader.ask('run/list', { id });
  const [run] = runs;
  if (run === undefined) return undefined;
  return {
    title: T.title(id),
    body: html`${facts(run, reader)}
      <p><a href="/log?run=${id}">${T.log}</a></p>
      ${failures(run)}${await changes(reader, run)}`,
  };
}

function wantedOf(query: URLSearchParams): Wanted {
  const kind = oneOf(KINDS, query.get('kind'));
  const severity = oneOf(SEVERITIES, query.get('severity'));
  const product = query.get('product')?.trim() ?? '';
  const after = numberOf(query.get('after'));
  return {
    ...(kind === undefined ? {} : { kind: [kind] }),
    ...(severity === undefined ? {} : { severity }),
    ...(product === '' ? {} : { product: [product] }),
    ...(after === undefined ? {} : { after }),
  };
}

function facts(run: Run, clock: Clock): Html {
  const { columns } = TEXTS.runs;
  return factsOf([
    [columns.state, html`<span class="${run.State.toLowerCase()}">${run.State}</span>`],
    [columns.start, agedTimeOf(run.StartTime, clock)],
    [columns.duration, durationOf(run.DurationSeconds)],
    [columns.kind, run.Kind],
    [T.reason, run.Reason],
    [columns.requester, `${run.Requester} ${run.RequestedBy}`.trim()],
    ...(run.Size === null
      ? []
      : ([[T.held, T.size(run.Size, bytesText(run.Size.DocumentBytes), bytesText(run.Size.DatabaseBytes))]] as const)),
    ...(run.ErrorMessage === ''
      ? []
      : ([
          [T.error, run.ErrorMessage ?? ''],
          [T.nextStep, run.NextStep ?? ''],
        ] as const)),
  ]);
}

function failures(run: Run): Html {
  const failed = run.FailedUpdates.map((one) => `${one.UpdateID}, revision ${one.RevisionNumber}: ${one.Reason}`);
  const list = (heading: string, items: readonly string[]): Html | undefined =>
    items.length === 0
      ? undefined
      : html`<h2>${heading}</h2>
          ${listOf(items, '')}`;
  return html`${list(T.warnings, run.Warnings)}${list(T.failed, failed)}`;
}

async function changes({ ask, query }: Reader, { Id: id }: Run): Promise<Html> {
  const page = await ask('run/changes', { id, pageSize: PAGE, ...wantedOf(query) });
  const rows = page.changes.length === 0 ? html`<p>${T.noChanges}</p>` : tableOf(T.changes, columns(), page.changes);
  const address = `/runs/${id}`;
  const next = page.next === null ? undefined : addressWith(address, query, { after: String(page.next) });
  return html`<h2>${T.changes}</h2>
    ${formOf(address, T.filter, [
      choiceOf(T.kind, 'kind', { query, options: KINDS.map((kind) => [kind, kind]) }),
      fieldOf(T.product, 'product', { query }),
      choiceOf(TEXTS.updates.columns.severity, 'severity', { query, options: SEVERITIES.map((one) => [one, one]) }),
    ])}
    ${page.isRecorded ? rows : html`<p>${T.notRecorded}</p>`}
    ${next === undefined ? undefined : html`<p><a href="${next}">${T.more}</a></p>`}`;
}

function columns(): readonly Column<UpdateChange>[] {
  const { columns: heading } = TEXTS.updates;
  return [
    { heading: heading.kb, cell: (change) => change.ArticleID },
    { heading: T.kind, cell: (change) => change.Changes.join(', ') },
    {
      heading: heading.title,
      // What maintenance has removed since has no page.
      cell: (change) =>
        change.CI_UniqueID === '' ? titleOf(change) : html`<a href="/updates/${change.CI_ID}">${titleOf(change)}</a>`,
    },
    { heading: heading.severity, cell: (change) => change.SeverityName },
    { heading: heading.product, cell: (change) => change.Product },
    { heading: heading.classification, cell: (change) => change.Classification },
  ];
}
