import type { CategoryRow } from '../store/rows.js';
import { settingsChange } from './ComponentSettings.js';
import { subscribedCategories } from './subscribedCategories.js';
import type { SyncJob } from './sync.js';

/** Stores the category instances that are new or changed, with `IsSubscribed`; gives all of them. */
export async function synchronizeSiteCategories(job: SyncJob): Promise<readonly CategoryRow[]> {
  const { context, recorder } = job;
  context.log.write('sync: SMS synchronizing categories');
  const before = new Map((await context.database.categories()).map((row) => [row.categoryId, JSON.stringify(row)]));
  const { categories, settings } = await subscribedCategories(context, job.settings);
  const changed = categories.filter((row) => before.get(row.categoryId) !== JSON.stringify(row));
  const settingsChanged = JSON.stringify(settings) !== JSON.stringify(job.settings);
  job.settings = settings;
  recorder.step(categories.length);
  if (changed.length > 0 || settingsChanged) await context.database.commit({ categories: changed, settings: settingsChange(settings) });
  recorder.run.Counts.Categories = changed.length;
  recorder.advance('sync: SMS synchronizing categories', categories.length);
  return categories;
}
