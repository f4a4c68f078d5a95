import type { MaintenanceStartRequest, MaintenanceStartResult } from '../contract/generated/types.js';
import type { ServiceParts } from './ServiceParts.js';

/**
 * `maintenance/start`: answers when the maintenance is over, or says what it would do.
 * @throws SyncError SyncAlreadyRunning: what a synchronization is about to need is not touched
 */
export async function startMaintenance(
  { context, runner, maintainer }: ServiceParts,
  params: MaintenanceStartRequest,
): Promise<MaintenanceStartResult> {
  if (runner.current !== undefined) throw runner.refusal();
  if (params.whatIf === true) return { maintenance: await maintainer.preview() };
  const maintenance = await maintainer.run((result) => ({
    requestId: params.requestId,
    method: 'maintenance/start',
    result: JSON.stringify({ maintenance: result }),
    time: context.now().getTime(),
  }));
  return { maintenance };
}
