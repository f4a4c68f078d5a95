import type { Run } from '../contract/generated/types.js';
import { repeatedFailure } from '../criteria/repeatedFailure.js';
import type { RunOutcome } from '../criteria/repeatedFailure.js';
import { reasonOf } from '../errors/SyncError.js';
import { rulesKey } from '../state/ComponentSettings.js';
import type { SiteContext } from '../state/SiteContext.js';
import { STATE } from '../state/catalogueState.js';
import { nextRequest, readRequest, readRevoked, requestChange } from '../state/hierarchyState.js';
import { summaryChange } from '../state/summarization.js';
import type { RunRecorder } from './RunRecorder.js';
import type { SyncJob } from './SyncJob.js';
import { importedSettings } from './importPackage.js';
import type { SiteDatabaseResult } from './synchronizeSoftwareUpdates.js';

/** Update source id of the product, as it stands in the log and in policy. */
const UPDATE_SOURCE = '{C2D17964-BBDD-4339-B9F3-12D7205B39CC}';

/** Stands after the WSUS phase, and again one higher when the site database changed (configmgr.md section 3.3). */
export function logContentVersion(job: SyncJob): void {
  const { context, recorder } = job;
  context.log.write(
    `Set content version of update source ${UPDATE_SOURCE} for site ${context.site.siteCode} ` +
      `to ${recorder.run.SyncCatalogVersion}`,
  );
}

/** Runs that are looked at. */
const LOOKED = 50;

/** Warns in a run that is about to end like this when it is not the first one that fails so. */
export async function warnOfRepetition(
  { database, log }: SiteContext,
  recorder: RunRecorder,
  ending: Pick<Run, 'State' | 'ErrorId'>,
): Promise<void> {
  try {
    const before = (await database.runs({ newest: LOOKED }))
      .map((json) => JSON.parse(json) as Run)
      .filter(({ Id, State }) => Id !== recorder.run.Id && State !== 'Running');
    const now: RunOutcome = { ...recorder.run, ...ending };
    const told = repeatedFailure([now, ...before].slice(0, LOOKED), LOOKED);
    if (told !== undefined) recorder.warn(told, told);
  } catch (error) {
    // What the run itself came to is told all the same.
    log.write(`Earlier runs could not be read: ${reasonOf(error)}`);
  }
}

/** A relay sends a request again within minutes; after two days nobody asks for its answer. */
const REQUEST_LIFE = 2 * 24 * 60 * 60 * 1000;

/**
 * Ends a successful run in one transaction: content version, how far it came, what the nodes below are asked for, 6702
 * or 6708.
 */
export async function finishRun(job: SyncJob, result: SiteDatabaseResult): Promise<void> {
  const { context, recorder } = job;
  const { run } = recorder;
  const changed = result.changed || run.Counts.Categories > 0;
  const version = contentVersion(job, changed);
  if (job.parent !== undefined) {
    run.SyncCatalogVersion = version;
    logContentVersion(job);
  }
  const full =
    job.imported !== undefined
      ? await importedSettings(job, job.imported)
      : run.Kind === 'Full' && job.isStoredOnly !== true
        ? {
            [STATE.lastFull]: context.now().getTime(),
            [STATE.evaluatedSubscription]: job.askedSubscription,
            [STATE.evaluatedRules]: rulesKey(job.settings),
          }
        : {};
  const request = nextRequest(await readRequest(context.database), {
    isFull: run.Kind === 'Full',
    contentVersion: version,
    topRun: job.parent?.request?.topRun ?? run.Id,
  });
  await warnOfRepetition(context, recorder, { State: 'Succeeded', ErrorId: '' });
  const settings = {
    [STATE.nextRevision]: result.nextRevision,
    [STATE.evaluatedCategories]: result.categoriesKey,
    [STATE.contentVersion]: version,
    [STATE.unresolved]: false,
    ...full,
    ...requestChange(request),
    ...(await summaryChange(context)),
  };
  await recorder.succeed(
    version,
    { settings, forgetRequestsBefore: context.now().getTime() - REQUEST_LIFE },
    (job.pendingLicenseTerms ?? 0) > 0,
  );
  if (job.parent === undefined && changed) logContentVersion(job);
  context.log.write(
    `Sync succeeded. Setting sync alert to canceled state on site ${context.site.siteCode}`,
    ...resultLines(job, await readRevoked(context.database)),
    `Sync time: ${recorder.durationText()}`,
  );
}

/**
 * One higher only if the site database changed; below a parent that of its request, which a node that was never asked
 * does not have.
 */
function contentVersion({ parent, recorder: { run } }: SyncJob, changed: boolean): number {
  if (parent !== undefined) return parent.request?.contentVersion ?? run.SyncCatalogVersion;
  return run.SyncCatalogVersion + (changed ? 1 : 0);
}

function resultLines({ parent, recorder: { run } }: SyncJob, revoked: string): readonly string[] {
  if (parent !== undefined && revoked !== '')
    return [`Synced with the update server of ${parent.siteCode}, which has revoked this site`];
  if (parent !== undefined)
    return [`Successfully synced site with parent ${parent.siteCode}, version ${run.SyncCatalogVersion}`];
  const { New, Revised, Expired, Superseded, Removed, Skipped, Failed } = run.Counts;
  return [
    `Updated ${New + Revised} items in SMS database, new update source content version is ${run.SyncCatalogVersion}`,
    `New: ${New}, revised: ${Revised}, expired: ${Expired}, superseded: ${Superseded}, removed: ${Removed}, ` +
      `skipped: ${Skipped}, failed: ${Failed}`,
  ];
}
