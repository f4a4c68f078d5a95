import { pendingWarnings } from '../criteria/selectionWarnings.js';
import { type ComponentSettings, readSettings, settingsChange, subscriptionKey } from '../state/ComponentSettings.js';
import { failedRevisions, STATE } from '../state/catalogueState.js';
import { changedCategories, nodesOf, subscribedCategories } from '../state/subscribedCategories.js';
import type { CategoryRow } from '../store/rows.js';
import type { SyncJob } from './SyncJob.js';
import { type SiteDatabaseResult, synchronizeSoftwareUpdates } from './synchronizeSoftwareUpdates.js';

/** Stores the category instances that are new or changed, with `IsSubscribed`; gives all of them. */
export async function synchronizeSiteCategories(job: SyncJob): Promise<readonly CategoryRow[]> {
  const { context, recorder } = job;
  context.log.write('sync: SMS synchronizing categories');
  const stored = await context.settingsMutex.take(async () => storeCategories(job));
  job.settings = stored.settings;
  if (job.imported === undefined && job.askedSubscription !== subscriptionKey(stored.settings)) {
    context.log.write(
      'The subscription was changed while the run worked; the next synchronization will be a full one.',
    );
    // A list of something else does not tell what is gone.
    job.listed = undefined;
  }
  await warnOfPending(job, stored.categories);
  recorder.step(stored.categories.length);
  recorder.run.Counts.Categories = stored.changed;
  recorder.advance('sync: SMS synchronizing categories', stored.categories.length);
  return stored.categories;
}

/**
 * A name that a whole list of the categories does not have may wait for ever: every run says so, with what is like it.
 * Sites below have their subscription from the top.
 */
async function warnOfPending(job: SyncJob, categories: readonly CategoryRow[]): Promise<void> {
  const { database } = job.context;
  const { pending } = job.settings.subscription;
  if (job.parent !== undefined || pending.length === 0) return;
  const isKnownWhole =
    job.imported !== undefined ||
    job.recorder.run.Kind === 'Full' ||
    (await database.setting(STATE.lastFull)) !== undefined;
  if (!isKnownWhole || (await failedRevisions(database, STATE.failedConfiguration)).length > 0) return;
  for (const warning of pendingWarnings(pending, nodesOf(categories)))
    job.recorder.warn(`WARNING: ${warning}`, warning);
}

/** Works with the settings as they are now: an administrator may have changed them since the run began. */
async function storeCategories(
  job: SyncJob,
): Promise<{ categories: readonly CategoryRow[]; settings: ComponentSettings; changed: number }> {
  const { database, site } = job.context;
  const current = await readSettings(database, site.serverName);
  const { categories, settings } = await subscribedCategories(job.context, current);
  const changed = changedCategories(await database.categories(), categories);
  const isResolved = JSON.stringify(settings.subscription) !== JSON.stringify(current.subscription);
  if (changed.length > 0 || isResolved)
    await database.commit({ categories: changed, ...(isResolved ? { settings: settingsChange(settings) } : {}) });
  return { categories, settings, changed: changed.length };
}

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
