import type {
  Run,
  RunChangesRequest,
  RunChangesResult,
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
  UpdateChange,
} from '../contract/generated/types.js';
import { changeKinds } from '../criteria/changeKinds.js';
import { severityName } from '../criteria/severities.js';
import { SyncError } from '../errors/SyncError.js';
import type { RequestContext } from '../rpc/requests.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readRun, readRuns } from '../state/storedRuns.js';
import type { UpdateTitle } from '../store/SiteDatabase.js';
import type { CategoryRow } from '../store/rows.js';
import type { Asked } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';
import { categoryTexts } from './categoryTexts.js';

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
    // A run that is in another state is not one that does not exist.
    state: isManyStates || id !== undefined ? undefined : state,
  });
  const all = stored.map((run) => (run.Id === runner.current?.Id ? asItStands(runner.current, context.now()) : run));
  const runs = all.filter((run) => meets(run, params)).slice(0, newest);
  if (id !== undefined && all.length === 0) throw new SyncError('RunNotFound', { run: id });
  return { runs };
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
  const ended = await untilLimit(parts.runner.wait(params.id), params, request.signal);
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
  const stop = runner.watch((progress) => {
    if (progress.RunId === params.id) request.notify('run/progress', progress);
    if (progress.RunId === params.id && progress.State !== 'Running') stop();
  });
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

const PAGE_SIZE = 1000;

/**
 * `run/changes`: one page of what a run did to software updates, by CI_ID.
 * @throws SyncError RunNotFound
 */
export async function listRunChanges({ database }: SiteContext, params: RunChangesRequest): Promise<RunChangesResult> {
  const run = await readRun(database, params.id);
  if (run === undefined) throw new SyncError('RunNotFound', { run: params.id });
  const all = await database.runChanges(params.id);
  const wanted = all
    .map(({ ciId, kinds }) => ({ ciId, kinds: changeKinds(kinds) }))
    .filter(
      ({ ciId, kinds }) =>
        ciId > (params.after ?? 0) && (params.kind === undefined || kinds.some((kind) => params.kind?.includes(kind))),
    );
  const page = wanted.slice(0, params.pageSize ?? PAGE_SIZE);
  const titles = await database.updateTitles(page.map(({ ciId }) => ciId));
  const categories = new Map((await database.categories()).map((row) => [row.updateId, row]));
  const changes = page.map(({ ciId, kinds }) => ({
    RunId: params.id,
    Changes: kinds,
    CI_ID: ciId,
    ...changedUpdate(titles.get(ciId), categories),
  }));
  return {
    changes,
    next: page.length < wanted.length ? (page.at(-1)?.ciId ?? null) : null,
    isRecorded: all.length > 0 || !hasChanged(run),
  };
}

function hasChanged({ Counts }: Run): boolean {
  return Counts.New + Counts.Revised + Counts.Expired + Counts.Superseded + Counts.Removed > 0;
}

/** What maintenance has deleted since has its numbers only. */
function changedUpdate(
  title: UpdateTitle | undefined,
  categories: ReadonlyMap<string, CategoryRow>,
): Omit<UpdateChange, 'RunId' | 'Changes' | 'CI_ID'> {
  const time = title?.firstCreated ?? 0;
  return {
    CI_UniqueID: title?.updateId ?? '',
    RevisionNumber: title?.revisionNumber ?? 0,
    ArticleID: title?.articleId ?? '',
    LocalizedDisplayName: title?.title ?? '',
    SeverityName: title === undefined ? '' : severityName(title.severity),
    ...categoryTexts((title?.categories ?? []).flatMap((id) => categories.get(id) ?? [])),
    DatePosted: time === 0 ? null : new Date(time).toISOString(),
    LocalizedInformativeURL: title?.url ?? '',
  };
}
