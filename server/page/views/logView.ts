import type { LogEntry } from '../../status/readLog.js';
import type { Reader } from '../PageSource.js';
import { addressWith, choiceOf, fieldOf, formOf, oneOf } from '../form.js';
import { type Html, html } from '../html.js';
import type { View } from '../layout.js';
import { numberOf } from '../numberOf.js';
import { tableOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { timeOf } from '../times.js';

const T = TEXTS.log;
const SEVERITIES = ['Error', 'Warning', 'Information'] as const;
const PAGE = 200;

/** What of the log is wanted; times in ms. */
interface Wanted {
  readonly severity: LogEntry['severity'] | undefined;
  readonly from: number;
  readonly to: number;
  readonly skip: number;
}

/** The log of the site, the newest first, filtered by synchronization and severity. */
export async function logView({ ask, query, zone, log }: Reader): Promise<View> {
  const run = numberOf(query.get('run'));
  const { runs } = run === undefined ? { runs: [] } : await ask('run/list', { id: run });
  const { entries, isLast } = await entriesOf(log(), {
    severity: oneOf(SEVERITIES, query.get('severity')),
    skip: numberOf(query.get('skip')) ?? 0,
    from: Date.parse(runs[0]?.StartTime ?? '') || -Infinity,
    to: Date.parse(runs[0]?.EndTime ?? '') + END || Infinity,
  });
  const next = addressWith('/log', query, { skip: String((numberOf(query.get('skip')) ?? 0) + PAGE) });
  const table = tableOf(
    T.title,
    [
      { heading: T.time, cell: ({ time }) => (Number.isNaN(time) ? '' : timeOf(new Date(time).toISOString(), zone)) },
      { heading: T.severity, cell: marked },
      { heading: T.text, cell: ({ text }) => html`<span class="log">${text}</span>` },
    ],
    entries,
  );
  return {
    title: T.title,
    body: html`${formOf('/log', TEXTS.run.filter, [
      fieldOf(T.run, 'run', { query }),
      choiceOf(T.severity, 'severity', { query, options: SEVERITIES.map((one) => [one, one]) }),
    ])}
    ${entries.length === 0 ? html`<p>${T.none}</p>` : table}
    ${isLast ? undefined : html`<p><a href="${next}">${T.earlier}</a></p>`}`,
  };
}

/** What a run says at its end stands in the log a moment later. */
const END = 1000;

async function entriesOf(
  pieces: AsyncIterable<readonly LogEntry[]>,
  { severity, from, to, skip }: Wanted,
): Promise<{ readonly entries: readonly LogEntry[]; readonly isLast: boolean }> {
  const found: LogEntry[] = [];
  for await (const piece of pieces) {
    for (const entry of piece)
      if ((severity === undefined || entry.severity === severity) && !(entry.time < from || entry.time > to))
        found.push(entry);
    if (found.length > skip + PAGE || (piece.at(-1)?.time ?? Infinity) < from) break;
  }
  return { entries: found.slice(skip, skip + PAGE), isLast: found.length <= skip + PAGE };
}

function marked({ severity }: LogEntry): Html | string {
  if (severity === 'Information') return severity;
  return html`<span class="${severity === 'Error' ? 'broken' : 'note'}">${severity}</span>`;
}
