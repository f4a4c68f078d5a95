import type { Run } from '../contract/generated/types.js';
import { decideResume } from '../criteria/decideRun.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readState, STATE, stateChange } from '../state/siteState.js';
import { readPoints } from '../state/softwareUpdatePoints.js';
import { readRuns } from '../state/storedRuns.js';
import { readStatusRow, type StatusRow } from '../state/storedStatuses.js';
import type { InspectedPackage } from '../transfer/inspectPackage.js';
import { packagePlace } from '../transfer/packagePlace.js';
import { RunRecorder } from './RunRecorder.js';
import type { KeptBatches } from './reading/KeptBatches.js';
import type { SyncRunner } from './SyncRunner.js';
import { tellNextSync } from './tellRun.js';

/**
 * A run that an engine left behind when it was killed ends as failed; what it committed stays and is not fetched again.
 * Gives these runs.
 */
export async function endInterruptedRuns(context: SiteContext): Promise<readonly Run[]> {
  const ended: Run[] = [];
  for (const run of await readRuns(context.database, { state: 'Running' })) {
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

async function statusOfDefault(context: SiteContext): Promise<StatusRow | undefined> {
  return readStatusRow(context.database, (await readPoints(context)).defaultServer);
}

/** The servers of a site have a folder each. */
const ELSEWHERE = 'it is not in the Transfer folder of this server; import it again';

/**
 * A service that starts goes on with the import that its engine was ended in. What did not fit the site was agreed to
 * before.
 */
async function resumeImport(context: SiteContext, runner: SyncRunner, requestedBy: string): Promise<void> {
  const order = await readState(context.database, STATE.importPending);
  if (order === undefined) return;
  try {
    const place = packagePlace(context.site, order.requestId);
    if (!place.files.existsSync(place.file))
      throw new SyncError('PackageInvalid', { path: order.path, reason: ELSEWHERE });
    const { inspectPackage } = await import('../transfer/inspectPackage.js');
    const { KeptBatches } = await import('./reading/KeptBatches.js');
    const kept = new KeptBatches();
    const { imported } = await inspectPackage(context, order, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
      reader: kept,
    });
    await startImport(runner, { imported, kept, requestedBy });
  } catch (caught) {
    context.log.write(`The interrupted import could not continue: ${reasonOf(caught)}.`);
    await context.database.commit({ settings: stateChange({ importPending: null }) });
  }
}

async function startImport(
  runner: SyncRunner,
  parts: { imported: InspectedPackage['imported']; kept: KeptBatches; requestedBy: string },
): Promise<void> {
  try {
    await runner.start({ fullSync: undefined, requester: 'Import', ...parts }, () => ({}));
  } catch (caught) {
    await parts.imported.source.close();
    throw caught;
  }
}

/**
 * A service that starts goes on with the synchronization that its engine was ended in: what is committed is not fetched
 * again.
 */
export async function resumeRun(context: SiteContext, runner: SyncRunner): Promise<void> {
  const last = decideResume(await readRuns(context.database, { newest: 5 }));
  if (last === undefined || runner.current !== undefined) return;
  if (last.Requester === 'Import') return resumeImport(context, runner, last.RequestedBy);
  const fullSync = last.Kind === 'Full' ? true : undefined;
  try {
    await runner.start({ fullSync, requester: 'Retry', requestedBy: last.RequestedBy }, () => ({}));
  } catch (caught) {
    context.log.write(`The interrupted synchronization could not continue: ${reasonOf(caught)}.`);
  }
}
