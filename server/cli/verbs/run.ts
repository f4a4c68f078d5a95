import { randomUUID } from 'node:crypto';
import type { RunChangesResult, UpdateChange } from '../../contract/generated/types.js';
import { SyncError } from '../../errors/SyncError.js';
import { clientOf, defined, EXIT_CODES, printJson } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import { accountName } from '../accountName.js';
import type { EngineClient } from '../../relay/EngineClient.js';
import type { RunChangesArgs } from '../parser/administrationOptions.js';
import type { RunListArgs, RunStopArgs, RunWaitArgs } from '../parser/options.js';
import { dateOf } from '../dateOf.js';
import { RUN_COLUMNS } from '../table.js';
import type { Column } from '../tableLines.js';
import { waitForRun } from '../waitForRun.js';
import { show } from './lists.js';

/** `run list`. */
export async function listRuns(args: RunListArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const { runs } = await client.request('run/list', defined({ newest: args.newest }), context);
  return show(runs, RUN_COLUMNS, context);
}

/** `run wait [ID]`: without a number the newest run. */
export async function waitRun(args: RunWaitArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const { runs } = await client.request('run/list', args.id === undefined ? { newest: 1 } : { id: args.id }, context);
  const [run] = runs;
  if (run === undefined) throw new SyncError('RunNotFound', { run: 'on this site yet' });
  return waitForRun(client, { id: run.Id, timeoutSeconds: args['timeout-seconds'] }, context);
}

/** `run stop [ID]`: without a number the run under way. A run that is finished already is not an error. */
export async function stopRun(args: RunStopArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const { run, stopped } = await client.request('run/stop', {
    requestId: randomUUID(),
    ...defined({ id: args.id, requester: accountName(context.env) }),
  });
  if (context.json) printJson(context, run);
  if (run === null) context.tell('Warning: no synchronization is running.');
  else if (!stopped) context.tell(`Warning: synchronization ${run.Id} had already finished (${run.State}).`);
  else if (!context.json) context.print(`Synchronization ${run.Id} was stopped. What it had stored is kept.`);
  return EXIT_CODES.done;
}

const COLUMNS: readonly Column<UpdateChange>[] = [
  { heading: 'Changes', text: (row) => row.Changes.join(', ') },
  { heading: 'CI_ID', text: (row) => String(row.CI_ID), right: true },
  { heading: 'ArticleID', text: (row) => row.ArticleID },
  { heading: 'Revision', text: (row) => String(row.RevisionNumber), right: true, from: 120 },
  { heading: 'Severity', text: (row) => row.SeverityName ?? '', from: 120 },
  { heading: 'LocalizedDisplayName', text: (row) => row.LocalizedDisplayName, width: 100 },
  { heading: 'Product', text: (row) => row.Product ?? '', width: 40, from: 140 },
];

/** `run changes [ID…]`: without a number those of the newest run. */
export async function runChanges(args: RunChangesArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const changes: UpdateChange[] = [];
  for (const id of await runsMeant(client, args, context))
    for (const change of await changesOf(client, { id, kind: args.kind }, context)) changes.push(change);
  return show(changes, COLUMNS, context);
}

async function runsMeant(
  client: EngineClient,
  { ids = [], since }: RunChangesArgs,
  context: CommandContext,
): Promise<readonly number[]> {
  if (ids.length > 0 && since !== undefined)
    throw new SyncError('ContradictoryParameters', { reason: 'Give the numbers of runs or --since, not both' });
  if (ids.length > 0) return ids;
  const which = since === undefined ? { newest: 1 } : defined({ startedFrom: dateOf('since', since) });
  const { runs, warnings = [] } = await client.request('run/list', which, context);
  for (const warning of warnings) context.tell(`Warning: ${warning}`);
  const found = runs.map((run) => run.Id);
  if (found.length === 0 && since === undefined) throw new SyncError('RunNotFound', { run: 'on this site yet' });
  if (found.length === 0) context.tell(`Warning: no run has started since ${since}.`);
  return found.sort((one, other) => one - other);
}

async function changesOf(
  client: EngineClient,
  { id, kind }: { readonly id: number; readonly kind: RunChangesArgs['kind'] },
  context: CommandContext,
): Promise<readonly UpdateChange[]> {
  const filter = defined({ kind: kind === undefined ? undefined : [kind] });
  const changes: UpdateChange[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const page: RunChangesResult = await client.request('run/changes', { id, ...filter, after }, context);
    if (!page.isRecorded) context.tell(`Warning: what run ${id} changed is not recorded, or no longer.`);
    changes.push(...page.changes);
    after = page.next;
  }
  return changes;
}
