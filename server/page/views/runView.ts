import type { Run, UpdateChange } from '../../contract/generated/types.js';
import type { Zone } from '../../schedule/zone.js';
import type { Ask, Reader } from '../PageSource.js';
import { type Html, html } from '../html.js';
import type { View } from '../layout.js';
import { type Column, factsOf, listOf, tableOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { durationOf, timeOf } from '../times.js';

const T = TEXTS.run;
const KINDS = ['New', 'Revised', 'Expired', 'Superseded', 'Removed'] as const;
type Kind = (typeof KINDS)[number];
const PAGE = 100;

/** What of the changes of a run is wanted. */
interface Wanted {
  readonly kind: Kind | undefined;
  readonly after: number | undefined;
}

/** One synchronization with what it changed; undefined where there is none of that number. */
export async function runView({ ask, query, zone }: Reader, id: number): Promise<View | undefined> {
  const { runs } = await ask('run/list', { id });
  const [run] = runs;
  if (run === undefined) return undefined;
  const wanted = { kind: KINDS.find((kind) => kind === query.get('kind')), after: numberOf(query.get('after')) };
  return { title: T.title(id), body: html`${facts(run, zone)}${failures(run)}${await changes(ask, run, wanted)}` };
}

function numberOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function facts(run: Run, zone: Zone): Html {
  const { columns } = TEXTS.runs;
  return factsOf([
    [columns.state, html`<span class="${run.State.toLowerCase()}">${run.State}</span>`],
    [columns.start, timeOf(run.StartTime, zone)],
    [columns.duration, durationOf(run.DurationSeconds)],
    [columns.kind, run.Kind],
    [T.reason, run.Reason],
    [columns.requester, `${run.Requester} ${run.RequestedBy}`.trim()],
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

async function changes(ask: Ask, run: Run, { kind, after }: Wanted): Promise<Html> {
  const page = await ask('run/changes', {
    id: run.Id,
    pageSize: PAGE,
    ...(kind === undefined ? {} : { kind: [kind] }),
    ...(after === undefined ? {} : { after }),
  });
  const link = (one: Kind | undefined): Html => {
    const text = one ?? T.all;
    const href = `/runs/${run.Id}${one === undefined ? '' : `?kind=${one}`}`;
    return one === kind ? html`<li><strong>${text}</strong></li>` : html`<li><a href="${href}">${text}</a></li>`;
  };
  const rows = page.changes.length === 0 ? html`<p>${T.noChanges}</p>` : tableOf(T.changes, columns(), page.changes);
  const next = kind === undefined ? '' : `&kind=${kind}`;
  return html`<h2>${T.changes}</h2>
    <ul class="choices">
      ${[undefined, ...KINDS].map(link)}
    </ul>
    ${page.isRecorded ? rows : html`<p>${T.notRecorded}</p>`}
    ${page.next === null ? undefined : html`<p><a href="/runs/${run.Id}?after=${page.next}${next}">${T.more}</a></p>`}`;
}

function columns(): readonly Column<UpdateChange>[] {
  const { columns: heading } = TEXTS.updates;
  return [
    { heading: heading.kb, cell: (change) => change.ArticleID },
    { heading: T.kind, cell: (change) => change.Changes.join(', ') },
    {
      heading: heading.title,
      cell: (change) => html`<a href="/updates/${change.CI_ID}">${change.LocalizedDisplayName}</a>`,
    },
    { heading: heading.severity, cell: (change) => change.SeverityName },
    { heading: heading.product, cell: (change) => change.Product },
    { heading: heading.classification, cell: (change) => change.Classification },
  ];
}
