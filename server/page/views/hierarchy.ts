import type { HealthRow, StatusMessage, SUPSyncStatus } from '../../contract/generated/types.js';
import { type Html, html, type Piece } from '../html.js';
import { type Column, tableOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { agedTimeOf, type Clock, durationOf, spanOf, timeOf } from '../times.js';
import { keyOf, type TreeRow } from './healthTree.js';

const T = TEXTS.health;

const FAILED = 6703;
const DONE: ReadonlySet<number> = new Set([6702, 6708]);

/** How often each failed since its last success, as far as the messages go back. */
function failuresOf(messages: readonly StatusMessage[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const over = new Set<string>();
  for (const { SiteCode, MachineName, MessageID } of messages) {
    const key = keyOf({ SiteCode, WSUSServerName: MachineName });
    if (DONE.has(MessageID)) over.add(key);
    else if (MessageID === FAILED && !over.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Rows that are shown however they are; of more, those in step are only counted. */
const WHOLE = 40;

/** What needs to be seen of a large tree: who is not in step, with who stands above, and how many of each there are. */
export function folded(rows: readonly TreeRow[]): { readonly shown: readonly TreeRow[]; readonly hidden: number } {
  if (rows.length <= WHOLE) return { shown: rows, hidden: 0 };
  const kept: TreeRow[] = [];
  let needed = -1;
  for (const one of rows.toReversed()) {
    const isAbove = one.depth < needed;
    if (one.row.InStep && !isAbove && one !== rows[0]) continue;
    kept.unshift(one);
    needed = one.depth;
  }
  const shown = kept.slice(0, WHOLE);
  return { shown, hidden: rows.length - shown.length };
}

/** What a hierarchy is shown with: when, and the newest status messages, which say how often something failed. */
interface Around extends Clock {
  readonly messages: readonly StatusMessage[];
  /** A file has no other pages that an error could lead to. */
  readonly isFile?: true;
}

/** The tree as a table with the product's columns. */
export function hierarchyTable(rows: readonly TreeRow[], around: Around): Html {
  return tableOf(T.rows, columnsOf(around), rows);
}

function columnsOf({ messages, isFile, ...clock }: Around): readonly Column<TreeRow>[] {
  const { columns: heading } = T;
  const { zone, now } = clock;
  const failures = failuresOf(messages);
  const column = (text: string, cell: (row: HealthRow, tree: TreeRow) => Piece): Column<TreeRow> => ({
    heading: text,
    cell: (tree) => cell(tree.row, tree),
  });
  const time = (iso: string | null): Piece => (iso === null ? '' : timeOf(iso, zone));
  const delay = ({ InStep, Since }: HealthRow): Piece => {
    if (InStep || Since === null) return '';
    const span = spanOf((now.getTime() - Date.parse(Since)) / 1000);
    return html`${span} <small>${T.since} ${timeOf(Since, zone)}</small>`;
  };
  return [
    column(heading.server, ({ WSUSServerName: name }, { depth }) =>
      depth === 0 ? name : html`<span class="depth${Math.min(depth, 6)}">${name}</span>`,
    ),
    column(heading.site, (row) => row.SiteCode),
    column(heading.inStep, (row) => mark(row.InStep)),
    { ...column(heading.behind, (row) => row.VersionsBehind), isNumber: true },
    column(heading.delay, delay),
    column(heading.link, (row) => row.Link),
    column(heading.state, (row, { status }) => status?.LastSyncStateName ?? String(row.LastSyncState)),
    column(heading.success, (row) => agedTimeOf(row.LastSuccessfulSyncTime, clock)),
    column(heading.error, (row, { status }) =>
      errorOf({ row, status, failures: failures.get(keyOf(row)) ?? 0, isFile }, clock),
    ),
    { ...column(heading.duration, (_row, { status }) => durationsOf(status)), isNumber: true },
    column(heading.source, (_row, { status }) => status?.WSUSSourceServer ?? ''),
    column(heading.next, (row) => time(row.NextSyncTime)),
  ];
}

/** `1 min 2 s ± 4.5 s`; a site of an older version does not say it. */
function durationsOf(status: SUPSyncStatus | undefined): Piece {
  const { MeanDurationSeconds: mean, DurationDeviationSeconds: deviation } = status ?? {};
  return mean == null || deviation == null ? '' : `${durationOf(mean)} \u00b1 ${durationOf(deviation)}`;
}

function errorOf(
  { row, status, failures, isFile }: Omit<TreeRow, 'depth'> & Pick<Around, 'isFile'> & { readonly failures: number },
  clock: Clock,
): Piece {
  if (row.LastError === '') return '';
  const error = isFile === true ? row.LastError : html`<a href="/messages?site=${row.SiteCode}">${row.LastError}</a>`;
  const count = failures > 1 ? html` ${T.times(failures)}` : undefined;
  return html`${error}${count} ${agedTimeOf(status?.LastSyncStateTime, clock)}`;
}

function mark(isSo: boolean): Html {
  return isSo ? html`<span class="well">${TEXTS.yes}</span>` : html`<span class="broken">${TEXTS.no}</span>`;
}
