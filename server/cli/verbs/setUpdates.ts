import { randomUUID } from 'node:crypto';
import { clientOf, defined } from '../clientOf.js';
import { updateColumns } from '../columns.js';
import type { CommandContext } from '../CommandContext.js';
import type { UpdateSetArgs } from '../options.js';
import { show } from './lists.js';

/** `updates set`: shows the updates as they are then. */
export async function setUpdates(args: UpdateSetArgs, context: CommandContext): Promise<number> {
  const ciIds = args.ids === undefined || args.ids.length === 0 ? undefined : [...args.ids];
  const customSeverity = args['custom-severity'];
  const client = await clientOf(args, context);
  const change = defined({ ciIds, name: args.name, customSeverity, maximumExecutionMins: args['max-execution-mins'] });
  const { updates } = await client.request('update/set', { requestId: randomUUID(), ...change }, context);
  return show(updates, updateColumns, context);
}
