import type { RequestContext } from '../../rpc/EngineService.js';
import { percentOf } from '../../status/progressLine.js';

/**
 * Sends the progress of an export or a check to whoever asked for it, as that of a run 0: no run of a site has that
 * number.
 */
export function tellProgress(
  phase: 'Exporting' | 'Checking',
  request: Pick<RequestContext, 'notify'>,
): (activity: string, done: number, total: number) => void {
  return (activity, done, total) =>
    request.notify('run/progress', {
      RunId: 0,
      State: 'Running',
      Phase: phase,
      Activity: activity,
      Processed: done,
      Total: total,
      PercentComplete: percentOf(done, total),
    });
}
