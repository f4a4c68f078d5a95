import type { RunRecorder } from './RunRecorder.js';
import type { SiteContext } from './SiteContext.js';
import type { ComponentSettings } from './ComponentSettings.js';
import type { Source } from '../upstream/Source.js';
import { loadCatalogueState } from './catalogueState.js';
import { synchronizeConfiguration } from './synchronizeConfiguration.js';
import { synchronizeUpdates } from './synchronizeUpdates.js';
import { synchronizeSiteCategories } from './synchronizeSiteCategories.js';
import { synchronizeSoftwareUpdates } from './synchronizeSoftwareUpdates.js';
import { logContentVersion } from './logContentVersion.js';
import { finishRun } from './finishRun.js';

/** What one synchronization works with. */
export interface SyncJob {
  readonly context: SiteContext;
  readonly recorder: RunRecorder;
  readonly source: Source;
  settings: ComponentSettings;
  readonly signal: AbortSignal;
}

/**
 * One synchronization, in the steps an administrator sees in wsyncmgr.log: the WSUS phase (6704) brings categories and
 * updates from the upstream into the catalogue, the site database phase (6705) makes categories and software updates of
 * what the subscription selects. Throws SyncError; everything committed until then stays.
 */
export async function sync(job: SyncJob): Promise<void> {
  const { context, recorder } = job;
  const { log, site } = context;

  await recorder.enter('wsus');
  log.write(`Synchronizing WSUS server ${site.serverName} ...`, 'sync: Starting WSUS synchronization');
  const catalogue = await loadCatalogueState(job);
  await synchronizeConfiguration(job, catalogue);
  await synchronizeUpdates(job, catalogue);
  log.write(`Done synchronizing WSUS Server ${site.serverName}`);
  logContentVersion(job);

  await recorder.enter('siteDatabase');
  log.write(`Synchronizing SMS database with WSUS server ${site.serverName} ...`, 'sync: Starting SMS database synchronization');
  const subscribed = await synchronizeSiteCategories(job);
  const finished = await synchronizeSoftwareUpdates(job, subscribed);
  log.write(`Done synchronizing SMS with WSUS Server ${site.serverName}`);

  await finishRun(job, finished);
}
