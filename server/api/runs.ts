import type {
  Run,
  RunListRequest,
  RunListResult,
  RunStopRequest,
  RunStopResult,
  RunWaitRequest,
  RunWaitResult,
  RunWatchRequest,
  RunWatchResult,
  SyncStartRequest,
  SyncStartResult,
} from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import type { RequestContext } from '../rpc/requests.js';
import { removedRunsWarning } from '../state/retention.js';
import { readRuns } from '../state/storedRuns.js';
import { isOwner } from '../store/SharedStore.js';
import type { Asked } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';
import { endOfOwnersRun } from './ownersRun.js';

/**
 * `sync/start`. With `join` a run that is under way is given instead of an error. An engine that ends begins no run any
 * more: the request is left unanswered to the next engine, once the connection ends.
 */
export async function startSync(
  parts: ServiceParts,
  params: SyncStartRequest,
  asked: Pick<Asked, 'closed' | 'keep'>,
): Promise<SyncStartResult> {
  try {
    return await startRun(parts, params, asked);
  } catch (error) {
    if (!parts.runner.isEnded) throw error;
    if (!asked.closed.aborted)
      await new Promise((resolve) => asked.closed.addEventListener('abort', resolve, { once: true }));
    throw new SyncError('Cancelled', { what: 'the start of a synchronization' }, { cause: error });
  }
}

async function startRun(
  { runner }: ServiceParts,
  params: SyncStartRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<SyncStartResult> {
  const current = params.join === true ? await runner.underWay() : undefined;
  if (current !== undefined) return { run: structuredClone(current), started: false };
  const order = {
    fullSync: params.fullSync,
    requester: 'Command',
    requestedBy: params.requester ?? '',
    allowMassExpiry: params.allowMassExpiry === true,
  } as const;
  const run = await runner.start(order, (begun) => keep({ run: begun, started: true }));
  return { run, started: true };
}

/** `run/list`, newest first; the run under way as it stands now. */
export async function listRuns(parts: ServiceParts, params: RunListRequest): Promise<RunListResult> {
  const { runner, context } = parts;
  const { id, newest } = params;
  const [state, ...states] = params.state ?? [];
  const isManyStates = states.length > 0;
  const isFiltered = [isManyStates ? states : undefined, params.kind, params.startedFrom, params.startedTo].some(
    (filter) => filter !== undefined,
  );
  const stored = await readRuns(context.database, {
    id,
    newest: isFiltered ? undefined : newest,
    before: params.before,
    // A run that is in another state is not one that does not exist.
    state: isManyStates || id !== undefined ? undefined : state,
  });
  const all = stored.map((run) => (run.Id === runner.current?.Id ? asItStands(runner.current, context.now()) : run));
  const runs = all.filter((run) => meets(run, params)).slice(0, newest);
  if (id !== undefined && all.length === 0) throw new SyncError('RunNotFound', { run: id });
  const from = params.startedFrom === undefined ? Infinity : Date.parse(params.startedFrom);
  const warnings = await removedRunsWarning(context.database, from);
  return warnings.length === 0 ? { runs } : { runs, warnings };
}

function meets(run: Run, { state, kind, startedFrom, startedTo }: RunListRequest): boolean {
  const start = Date.parse(run.StartTime);
  return (
    (state === undefined || state.includes(run.State)) &&
    (kind === undefined || run.Kind === kind) &&
    (startedFrom === undefined || start >= Date.parse(startedFrom)) &&
    (startedTo === undefined || start <= Date.parse(startedTo))
  );
}

function asItStands(run: Run, now: Date): Run {
  return { ...structuredClone(run), DurationSeconds: Math.max(0, now.getTime() - Date.parse(run.StartTime)) / 1000 };
}

/** `run/wait`: the finished run. Cancelling ends the wait, never the run. */
export async function waitForRun(
  parts: ServiceParts,
  params: RunWaitRequest,
  request: Pick<RequestContext, 'signal'>,
): Promise<RunWaitResult> {
  const [known] = (await listRuns(parts, { id: params.id })).runs;
  if (known === undefined) throw new SyncError('RunNotFound', { run: params.id });
  if (known.State !== 'Running') return { run: known };
  const over = new AbortController();
  const end = isOwner(parts.context) ? parts.runner.wait(params.id) : endOfOwnersRun(parts, params.id, over.signal);
  const ended = await untilLimit(end, params, request.signal).finally(() => over.abort());
  if (ended === 'timeout' && params.returnRunning === true)
    return { run: (await listRuns(parts, { id: params.id })).runs[0] ?? known };
  if (ended === 'timeout') throw new SyncError('WaitTimeout', { run: params.id, seconds: params.timeoutSeconds ?? 0 });
  if (ended === 'cancelled') throw new SyncError('Cancelled', { what: `The wait for run ${params.id}` });
  return { run: ended ?? (await listRuns(parts, { id: params.id })).runs[0] ?? known };
}

/** `run/watch`: progress goes to this connection until it closes. */
export async function watchRun(
  { runner }: ServiceParts,
  params: RunWatchRequest,
  request: RequestContext,
): Promise<RunWatchResult> {
  const unwatch = runner.watch((progress) => {
    if (progress.RunId === params.id) request.notify('run/progress', progress);
    if (progress.RunId === params.id && progress.State !== 'Running') stop();
  });
  // A session stays for days, and watches many runs.
  const stop = (): void => {
    request.closed.removeEventListener('abort', stop);
    unwatch();
  };
  request.closed.addEventListener('abort', stop, { once: true });
  return Promise.resolve({});
}

/** Longest time a timer of Node.js takes; whoever waits longer waits without one. */
const LONGEST_TIMER = 2 ** 31 - 1;

async function untilLimit<Result>(
  work: Promise<Result>,
  params: RunWaitRequest,
  signal: AbortSignal,
): Promise<Result | 'timeout' | 'cancelled'> {
  const milliseconds = (params.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  return new Promise((resolve, reject) => {
    const timer = milliseconds > LONGEST_TIMER ? undefined : setTimeout(() => end('timeout'), milliseconds);
    const cancel = (): void => end('cancelled');
    const end = (result: Result | 'timeout' | 'cancelled'): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      resolve(result);
    };
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    work.then(end, reject);
  });
}

/**
 * `run/stop`: ends a run as cancelled and answers after its end; what it committed stays. A run that is finished
 * already is
 * left as it is: that is not an error, `stopped` says it.
 * @throws SyncError RunNotFound
 */
export async function stopRun(parts: ServiceParts, params: RunStopRequest): Promise<RunStopResult> {
  const current = parts.runner.current?.Id;
  const id = params.id ?? current;
  if (id !== undefined && id === current) await stopCurrent(parts, id, params.requester);
  const run = id === undefined ? null : ((await listRuns(parts, { id })).runs[0] ?? null);
  return { run, stopped: id === current && run?.State === 'Cancelled' };
}

async function stopCurrent(
  { context, runner }: ServiceParts,
  id: number,
  requester: string | undefined,
): Promise<void> {
  context.log.write(
    `Stopping sync (run ${id})${requester === undefined || requester === '' ? '' : ` on request of ${requester}`}.`,
  );
  await runner.stop(new SyncError('Cancelled', { what: `Run ${id}` }));
}
