import type { CategoryRow } from '../store/rows.js';
import { readSettings, settingsChange, type ComponentSettings } from './ComponentSettings.js';
import { subscriptionKey } from './settingKeys.js';
import { changedCategories, subscribedCategories } from './subscribedCategories.js';
import type { SyncJob } from './sync.js';

/** Stores the category instances that are new or changed, with `IsSubscribed`; gives all of them. */
export async function synchronizeSiteCategories(job: SyncJob): Promise<readonly CategoryRow[]> {
  const { context, recorder } = job;
  context.log.write('sync: SMS synchronizing categories');
  const stored = await context.settingsTurns.take(async () => storeCategories(job));
  job.settings = stored.settings;
  if (job.imported === undefined && job.askedSubscription !== subscriptionKey(stored.settings)) {
    context.log.write(
      'The subscription was changed while the run worked; the next synchronization will be a full one.',
    );
    // A list of something else does not tell what is gone.
    job.listed = undefined;
  }
  recorder.step(stored.categories.length);
  recorder.run.Counts.Categories = stored.changed;
  recorder.advance('sync: SMS synchronizing categories', stored.categories.length);
  return stored.categories;
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
