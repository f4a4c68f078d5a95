import { randomUUID } from 'node:crypto';
import type { Alert } from '../../contract/generated/types.js';
import type { AlertArgs, AlertSetArgs, AlertSuspendArgs } from '../parser/alertSwitchOptions.js';
import { clientOf, defined, EXIT_CODES, printJson } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import { dateOf } from '../dateOf.js';
import type { SiteArgs } from '../parser/options.js';
import type { Column } from '../tableLines.js';
import { show } from './lists.js';

const COLUMNS: readonly Column<Alert>[] = [
  { heading: 'ID', text: (row) => String(row.ID), right: true },
  { heading: 'State', text: (row) => row.AlertStateName },
  { heading: 'Severity', text: (row) => row.SeverityName },
  { heading: 'Count', text: (row) => String(row.OccurrenceCount), right: true, from: 100 },
  { heading: 'Limit', text: limitText, right: true, from: 100 },
  { heading: 'Name', text: (row) => row.Name, width: 100, wraps: true },
  { heading: 'RootCauseMessage', text: (row) => row.RootCauseMessage, width: 400, wraps: true, from: 100 },
];

function limitText({ Limit, LimitUnit = 'None' }: Alert): string {
  return typeof Limit !== 'number' ? '' : `${Limit} ${LimitUnit}`;
}

/** `alerts`. */
export async function alerts(args: SiteArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  return show((await client.request('alert/list', {}, context)).alerts, COLUMNS, context);
}

/** `alert set`. */
export async function setAlert(args: AlertSetArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const { comment, limit, severity } = args;
  const change = defined({ newName: args['new-name'], comment, limit, severity });
  const { alert } = await client.request('alert/set', { ...which(args), ...change }, context);
  return show([alert], COLUMNS, context);
}

/** `alert suspend`. */
export async function suspendAlerts(args: AlertSuspendArgs, context: CommandContext): Promise<number> {
  const skipUntil = dateOf('until', args.until);
  const client = await clientOf(args, context);
  const change = { ...which(args), ...defined({ skipUntil, comment: args.comment }) };
  return show((await client.request('alert/switch', change, context)).alerts, COLUMNS, context);
}

/** `alert enable` and `alert disable`. */
export async function switchAlerts(args: AlertArgs, enabled: boolean, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  return show((await client.request('alert/switch', { ...which(args), enabled }, context)).alerts, COLUMNS, context);
}

/** `alert remove`. */
export async function removeAlerts(args: AlertArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const removed = await client.request('alert/remove', which(args), context);
  if (context.json) printJson(context, removed);
  return EXIT_CODES.done;
}

function which({ id, name }: Pick<AlertArgs, 'id' | 'name'>): { requestId: string; wildcard: boolean; id?: number } {
  return { requestId: randomUUID(), wildcard: true, ...defined({ id, name }) };
}
