import { randomUUID } from 'node:crypto';
import type { ComponentStatus, ComponentStatusClearRequest } from '../../contract/generated/types.js';
import { clientOf, defined, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { ComponentClearArgs, ComponentStatusArgs } from '../parser/componentOptions.js';
import { dateText } from '../table.js';
import type { Column } from '../tableLines.js';
import { show } from './lists.js';

const COLUMNS: readonly Column<ComponentStatus>[] = [
  { heading: 'ComponentName', text: (row) => row.ComponentName, width: 40 },
  { heading: 'MachineName', text: (row) => row.MachineName, width: 40 },
  { heading: 'Errors', text: (row) => String(row.Errors), right: true },
  { heading: 'Warnings', text: (row) => String(row.Warnings), right: true },
  { heading: 'Infos', text: (row) => String(row.Infos), right: true },
  { heading: 'LastCleared', text: (row) => (row.LastCleared === null ? '' : dateText(row.LastCleared)), from: 100 },
];

/** `component-status list`. */
export async function listComponentStatus(args: ComponentStatusArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const wanted = defined({ componentName: args.component, computerName: args.server, wildcard: true });
  return show((await client.request('componentStatus/list', wanted, context)).components, COLUMNS, context);
}

/** `component-status clear SEVERITY`. */
export async function clearComponentStatus(args: ComponentClearArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const request = {
    requestId: randomUUID(),
    componentName: args.component ?? '*',
    severity: args.severity as ComponentStatusClearRequest['severity'],
    ...defined({ computerName: args.server }),
    wildcard: true,
  };
  const { components, warnings } = await client.request('componentStatus/clear', request, context);
  tellWarnings(context, warnings);
  return show(components, COLUMNS, context);
}
