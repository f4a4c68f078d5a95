import { decideResume } from '../criteria/decideRun.js';
import { reasonOf } from '../errors/SyncError.js';
import type { Run } from './Run.js';
import type { SiteContext } from './SiteContext.js';
import type { SyncRunner } from './SyncRunner.js';

/**
 * A service that starts goes on with the synchronization that its engine was ended in: what is committed is not fetched
 * again.
 */
export async function resumeRun(context: SiteContext, runner: SyncRunner): Promise<void> {
  const runs = (await context.database.runs({ newest: 5 })).map((json) => JSON.parse(json) as Run);
  const last = decideResume(runs);
  if (last === undefined || runner.current !== undefined) return;
  if (last.Requester === 'Import')
    return (await import('./transfer/resumeImport.js')).resumeImport(context, runner, last.RequestedBy);
  const fullSync = last.Kind === 'Full' ? true : undefined;
  try {
    await runner.start({ fullSync, requester: 'Retry', requestedBy: last.RequestedBy }, () => ({}));
  } catch (caught) {
    context.log.write(`The synchronization that was interrupted could not go on: ${reasonOf(caught)}.`);
  }
}
