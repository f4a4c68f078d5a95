import { randomUUID } from 'node:crypto';
import type { MaintenanceTask } from '../../contract/generated/types.js';
import { clientOf, defined, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { TaskListArgs, TaskSetArgs } from '../parser/componentOptions.js';
import { dateText } from '../table.js';
import type { Column } from '../tableLines.js';
import { show } from './lists.js';

const COLUMNS: readonly Column<MaintenanceTask>[] = [
  { heading: 'ItemName', text: (row) => row.ItemName, width: 40 },
  { heading: 'Enabled', text: (row) => String(row.Enabled) },
  { heading: 'DeleteOlderThan', text: (row) => String(row.DeleteOlderThan), right: true },
  { heading: 'LastRunTime', text: (row) => (row.LastRunTime === null ? '' : dateText(row.LastRunTime)) },
];

/** `maintenance-task list`. */
export async function listTasks({ name, ...args }: TaskListArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const wanted = defined({ name, wildcard: true });
  return show((await client.request('maintenanceTask/list', wanted, context)).tasks, COLUMNS, context);
}

/** `maintenance-task set NAME`. */
export async function setTask(args: TaskSetArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const change = defined({ enabled: args.enabled, deleteOlderThanDays: args['older-than-days'] });
  const request = { requestId: randomUUID(), name: args.name, wildcard: true, ...change };
  const { tasks, warnings } = await client.request('maintenanceTask/set', request, context);
  tellWarnings(context, warnings);
  return show(tasks, COLUMNS, context);
}
