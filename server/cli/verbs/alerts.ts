import type { Alert } from '../../contract/generated/types.js';
import { clientOf } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { SiteArgs } from '../options.js';
import type { Column } from '../tableLines.js';
import { show } from './lists.js';

const COLUMNS: readonly Column<Alert>[] = [
  { heading: 'ID', text: (row) => String(row.ID), right: true },
  { heading: 'State', text: (row) => row.AlertStateName },
  { heading: 'Severity', text: (row) => row.SeverityName },
  { heading: 'Count', text: (row) => String(row.OccurrenceCount), right: true, from: 100 },
  { heading: 'Name', text: (row) => row.Name, width: 100, wraps: true },
  { heading: 'RootCauseMessage', text: (row) => row.RootCauseMessage, width: 400, wraps: true, from: 100 },
];

/** `alerts`. */
export async function alerts(args: SiteArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  return show((await client.request('alert/list', {}, context)).alerts, COLUMNS, context);
}
