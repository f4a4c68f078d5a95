import { SyncError } from '../errors/SyncError.js';
import type { Run } from '../contract/generated/types.js';
import { RunRecorder } from './RunRecorder.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readPoints } from '../state/softwareUpdatePoints.js';
import { tellNextSync } from './tellNextSync.js';

/**
 * A run that an engine left behind when it was killed ends as failed; what it committed stays and is not fetched again.
 * Gives these runs.
 */
export async function endInterruptedRuns(context: SiteContext): Promise<readonly Run[]> {
  const ended: Run[] = [];
  for (const json of await context.database.runs({ state: 'Running' })) {
    const run = { Warnings: [], ...(JSON.parse(json) as Omit<Run, 'Warnings'> & Partial<Run>) };
    const status = await statusOfDefault(context);
    const recorder = new RunRecorder(context, {
      run,
      serverName: status?.WSUSServerName ?? context.site.serverName,
      sourceName: status?.WSUSSourceServer ?? '',
      report: () => undefined,
    });
    await recorder.fail(new SyncError('EngineStopped', { run: run.Id }));
    await tellNextSync(context, recorder.run);
    ended.push(recorder.run);
  }
  return ended;
}

async function statusOfDefault(
  context: SiteContext,
): Promise<{ readonly WSUSServerName: string; readonly WSUSSourceServer: string } | undefined> {
  const { defaultServer } = await readPoints(context);
  const rows = (await context.database.statuses()).map(
    (text) => JSON.parse(text) as { WSUSServerName: string; WSUSSourceServer: string },
  );
  return rows.find((row) => row.WSUSServerName === defaultServer);
}
