import { STATE } from './catalogueState.js';
import { logContentVersion } from './logContentVersion.js';
import { rulesKey } from './settingKeys.js';
import type { SyncJob } from './sync.js';
import { importedSettings } from './transfer/importedSettings.js';
import type { SiteDatabaseResult } from './synchronizeSoftwareUpdates.js';

/** A relay sends a request again within minutes; after two days nobody asks for its answer. */
const REQUEST_LIFE = 2 * 24 * 60 * 60 * 1000;

/** Ends a successful run in one transaction: content version (one higher only if the site database changed), how far it came, 6702 or 6708. */
export async function finishRun(job: SyncJob, result: SiteDatabaseResult): Promise<void> {
  const { context, recorder } = job;
  const { run } = recorder;
  const changed = result.changed || run.Counts.Categories > 0;
  const version = run.SyncCatalogVersion + (changed ? 1 : 0);
  const full = job.imported !== undefined ? await importedSettings(job, job.imported) : run.Kind === 'Full' ? { [STATE.lastFull]: context.now().getTime(), [STATE.evaluatedSubscription]: job.askedSubscription, [STATE.evaluatedRules]: rulesKey(job.settings) } : {};
  const settings = {
    [STATE.nextRevision]: result.nextRevision, [STATE.evaluatedCategories]: result.categoriesKey, [STATE.contentVersion]: version, [STATE.unresolved]: false, ...full,
  };
  await recorder.succeed(version, { settings, forgetRequestsBefore: context.now().getTime() - REQUEST_LIFE }, (job.pendingLicenseTerms ?? 0) > 0);
  if (changed) logContentVersion(job);
  const { New, Revised, Expired, Superseded, Removed, Skipped, Failed } = run.Counts;
  context.log.write(
    `Sync succeeded. Setting sync alert to canceled state on site ${context.site.siteCode}`,
    `Updated ${New + Revised} items in SMS database, new update source content version is ${version}`,
    `New: ${New}, revised: ${Revised}, expired: ${Expired}, superseded: ${Superseded}, removed: ${Removed}, skipped: ${Skipped}, failed: ${Failed}`,
    `Sync time: ${recorder.durationText()}`,
  );
}
