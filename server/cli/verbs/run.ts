import { randomUUID } from 'node:crypto';
import { SyncError } from '../../errors/SyncError.js';
import { accountName } from '../accountName.js';
import { clientOf, defined } from '../clientOf.js';
import { runColumns } from '../columns.js';
import { type CommandContext, exitCodes, printJson } from '../CommandContext.js';
import type { RunListArgs, RunStopArgs, RunWaitArgs } from '../options.js';
import { waitForRun } from '../waitForRun.js';
import { show } from './lists.js';

/** `run list`. */
export async function listRuns(args: RunListArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const { runs } = await client.request('run/list', defined({ newest: args.newest }), context);
  return show(runs, runColumns, context);
}

/** `run wait [ID]`: without a number the newest run. */
export async function waitRun(args: RunWaitArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const { runs } = await client.request('run/list', args.id === undefined ? { newest: 1 } : { id: args.id }, context);
  const [run] = runs;
  if (run === undefined) throw new SyncError('RunNotFound', { run: 'on this site yet' });
  return waitForRun(client, { id: run.Id, timeoutSeconds: args['timeout-seconds'] }, context);
}

/** `run stop [ID]`: without a number the run under way. A run that is finished already is no error. */
export async function stopRun(args: RunStopArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const { run, stopped } = await client.request('run/stop', {
    requestId: randomUUID(),
    ...defined({ id: args.id, requester: accountName(context.env) }),
  });
  if (context.json) printJson(context, run);
  if (run === null) context.tell('Warning: no synchronization is running.');
  else if (!stopped) context.tell(`Warning: synchronization ${run.Id} was finished already (${run.State}).`);
  else if (!context.json) context.print(`Synchronization ${run.Id} was stopped; what it had committed stays.`);
  return exitCodes.done;
}
