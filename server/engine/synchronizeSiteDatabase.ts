import type { SyncJob } from './SyncJob.js';
import { synchronizeSiteCategories } from './synchronizeSiteCategories.js';
import { synchronizeSoftwareUpdates, type SiteDatabaseResult } from './synchronizeSoftwareUpdates.js';

/** The site database phase (6705): categories and software updates of what the subscription selects. */
export async function synchronizeSiteDatabase(job: SyncJob): Promise<SiteDatabaseResult> {
  const {
    recorder,
    context: { log },
  } = job;
  await recorder.enter('siteDatabase');
  log.write(
    `Synchronizing SMS database with WSUS server ${recorder.serverName} ...`,
    'sync: Starting SMS database synchronization',
  );
  const result = await workOn(job);
  log.write(`Done synchronizing SMS with WSUS Server ${recorder.serverName}`);
  return result;
}

/** The same at a site with a parent: not a phase of its own, and not told line by line. */
export async function followSiteDatabase(job: SyncJob): Promise<SiteDatabaseResult> {
  const { context } = job;
  const silent: SyncJob = { ...job, context: { ...context, log: { ...context.log, write: () => undefined } } };
  const result = await job.recorder.silently(async () => workOn(silent));
  Object.assign(job, silent, { context });
  return result;
}

async function workOn(job: SyncJob): Promise<SiteDatabaseResult> {
  const subscribed = await synchronizeSiteCategories(job);
  job.signal.throwIfAborted();
  return synchronizeSoftwareUpdates(job, subscribed);
}
