import type { RunStopRequest, RunStopResult } from '../../contract/generated/types.js';
import { SyncError } from '../../errors/SyncError.js';
import type { ServiceParts } from '../createEngineService.js';
import { keepAnswer } from '../keepAnswer.js';
import { listRuns } from './runs.js';

/**
 * `run/stop`: ends a run as cancelled and answers after its end; what it committed stays. A run that is finished
 * already is
 * left as it is: that is no error, `stopped` says it.
 * @throws SyncError RunNotFound
 */
export async function stopRun(parts: ServiceParts, params: RunStopRequest): Promise<RunStopResult> {
  const { context, runner } = parts;
  const current = runner.current?.Id;
  const id = params.id ?? current;
  if (id !== undefined && id === current) await stopCurrent(parts, id, params.requester);
  const run = id === undefined ? null : ((await listRuns(parts, { id })).runs[0] ?? null);
  const result: RunStopResult = { run, stopped: id === current && run?.State === 'Cancelled' };
  return keepAnswer(context, { method: 'run/stop', requestId: params.requestId, result });
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
