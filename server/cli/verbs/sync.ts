import { randomUUID } from 'node:crypto';
import type { Run } from '../../contract/generated/types.js';
import { isErrorId, SyncError } from '../../errors/SyncError.js';
import type { EngineClient } from '../../rpc/EngineClient.js';
import { clientOf, defined } from '../clientOf.js';
import { type CommandContext, exitCodes, printJson } from '../CommandContext.js';
import type { SyncArgs } from '../options.js';
import { ProgressLine } from '../ProgressLine.js';

/** `sync`: starts a synchronization and waits for its end, unless told otherwise. */
export async function sync(args: SyncArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const { run, started } = await client.request('sync/start', { requestId: randomUUID(), ...defined({ fullSync: args['full-sync'], join: args.join, allowMassExpiry: args['allow-mass-expiry'], requester: accountName(process.env) }) });
  context.tell(started ? `Synchronization ${run.Id} (${run.Kind}) has started: ${run.Reason}` : `Synchronization ${run.Id} is running already`);
  if (args['no-wait'] !== true) return waitForEnd(client, { run, timeoutSeconds: args['timeout-seconds'] }, context);
  if (context.json) printJson(context, run);
  return exitCodes.done;
}

/** The account as Windows and the other systems name it to a process. */
function accountName(env: NodeJS.ProcessEnv): string | undefined {
  return env['USERNAME'] ?? env['USER'];
}

async function waitForEnd(client: EngineClient, wait: { run: Run; timeoutSeconds: number | undefined }, context: CommandContext): Promise<number> {
  const id = wait.run.Id;
  const line = new ProgressLine(context);
  context.backend.onProgress((progress) => {
    if (progress.RunId === id) line.show(progress);
  });
  try {
    await client.request('run/watch', { id }, context);
    const { run } = await client.request('run/wait', { id, ...defined({ timeoutSeconds: wait.timeoutSeconds }) }, context);
    line.end();
    return showEnd(run, context);
  } catch (caught) {
    line.end();
    if (!(caught instanceof SyncError) || !context.signal.aborted) throw caught;
    context.tell(`The wait ended; synchronization ${id} goes on in the engine. Look at it with configmgrsync status.`);
    if (context.json) printJson(context, await runOf(client, id));
    return exitCodes.cancelled;
  }
}

async function runOf(client: EngineClient, id: number): Promise<Run | null> {
  const { runs } = await client.request('run/list', { id });
  return runs[0] ?? null;
}

function showEnd(run: Run, context: CommandContext): number {
  if (context.json) printJson(context, run);
  else context.print(summary(run));
  if (run.Succeeded) return exitCodes.done;
  context.tell(`${run.ErrorId ?? run.State}: ${run.ErrorMessage ?? 'the synchronization did not succeed'}`);
  if (run.NextStep !== null) context.tell(run.NextStep);
  return exitCodeOf(run);
}

/** The exit code that the error table gives to the error of a finished run. */
export function exitCodeOf(run: Pick<Run, 'Succeeded' | 'ErrorId'>): number {
  if (run.Succeeded) return exitCodes.done;
  return run.ErrorId !== null && isErrorId(run.ErrorId) ? new SyncError(run.ErrorId).exitCode : exitCodes.failed;
}

function summary(run: Run): string {
  const counts = Object.entries<number>({ ...run.Counts }).map(([name, value]) => `${name} ${value.toLocaleString('en')}`);
  return `Synchronization ${run.Id} ${run.State.toLowerCase()} after ${run.DurationSeconds.toFixed(1)} s, catalogue version ${run.SyncCatalogVersion}: ${counts.join(', ')}`;
}
