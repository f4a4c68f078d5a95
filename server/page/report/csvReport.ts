import type { UpdateChange } from '../../contract/generated/types.js';
import { BYTE_ORDER_MARK, csvRow } from '../../platform/csvRow.js';
import { mapInTurns } from '../mapInTurns.js';
import { TEXTS } from '../texts.js';
import { titleOf } from '../titleOf.js';
import type { ReportFacts } from './ReportFacts.js';

/** The changes as a table for spreadsheets (RFC 4180), with times in UTC. */
export async function csvReport({ changes }: ReportFacts): Promise<string> {
  const { columns: heading } = TEXTS.updates;
  const { kind, run, address } = TEXTS.report.columns;
  const { kb, title, product, classification, severity, posted } = heading;
  const headings = [kind, kb, title, product, classification, severity, posted, run, address];
  return BYTE_ORDER_MARK + [csvRow(headings), ...(await mapInTurns(changes, rowOf))].join('');
}

function rowOf(change: UpdateChange): string {
  return csvRow([
    change.Changes.join(', '),
    change.ArticleID,
    titleOf(change),
    change.Product ?? '',
    change.Classification ?? '',
    change.SeverityName ?? '',
    change.DatePosted ?? '',
    String(change.RunId),
    change.LocalizedInformativeURL ?? '',
  ]);
}
