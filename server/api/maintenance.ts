import type { MaintenanceStartRequest, MaintenanceStartResult } from '../contract/generated/types.js';
import type { Asked } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';

/**
 * `maintenance/start`: answers when the maintenance is over, or says what it would do.
 * @throws SyncError SyncAlreadyRunning: what a synchronization is about to need is not touched
 */
export async function startMaintenance(
  { runner, maintainer }: ServiceParts,
  params: MaintenanceStartRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<MaintenanceStartResult> {
  if (runner.current !== undefined) throw runner.refusal();
  if (params.whatIf === true) return { maintenance: await maintainer.preview() };
  return { maintenance: await maintainer.run((result) => keep({ maintenance: result })) };
}
