import { missingCategories } from '../criteria/mistrust.js';
import type { CategoryRow } from '../store/rows.js';
import { STATE, storeSettings } from '../state/catalogueState.js';
import { subscribedCategories } from '../state/subscribedCategories.js';
import type { SyncJob } from './SyncJob.js';
import type { ListedConfiguration } from './synchronizeConfiguration.js';

/**
 * Works out what is subscribed with the configuration as it is now. Pending names that have appeared are subscribed;
 * selected categories that the upstream does not offer any more, or offers under another name, are reported and stay
 * selected.
 */
export async function followCategories(job: SyncJob, listed: ListedConfiguration): Promise<readonly CategoryRow[]> {
  const { context } = job;
  const { categories, settings } = await subscribedCategories(context, job.settings);
  for (const entry of job.settings.subscription.pending.filter(
    (pending) => !settings.subscription.pending.includes(pending),
  )) {
    context.log.write(`The pending ${entry.type} ${entry.name} is known now and subscribed.`);
  }
  job.settings = settings;
  await reportMissing(job, listed, categories);
  await reportRenamed(job, categories);
  return categories;
}

async function reportMissing(
  job: SyncJob,
  listed: ListedConfiguration,
  categories: readonly CategoryRow[],
): Promise<void> {
  const { database, log } = job.context;
  const before = ((await database.setting(STATE.missingCategories)) as readonly string[] | undefined) ?? [];
  const missing = missingCategories({
    selected: selectedIds(job),
    missing: before,
    listed: listed.ids,
    isComplete: listed.isComplete,
  });
  await storeSettings(database, { [STATE.missingCategories]: missing });
  const byId = new Map(categories.map((category) => [category.updateId, category]));
  for (const id of missing) {
    const { typeName, title } = byId.get(id) ?? { typeName: 'Category', title: id };
    job.recorder.warn(
      `Category ${typeName}:${id} (${title}) not found on WSUS`,
      `The subscribed ${typeName} "${title}" is not offered by the upstream any more.`,
    );
  }
  const stillMissing = new Set(missing);
  for (const category of before.filter((id) => !stillMissing.has(id)).flatMap((id) => byId.get(id) ?? [])) {
    log.write(
      `Category ${category.typeName}:${category.updateId} (${category.title}) is found on WSUS again, or not ` +
        `subscribed any more`,
    );
  }
}

/** The names of the site are still those of the last synchronization. */
async function reportRenamed(job: SyncJob, categories: readonly CategoryRow[]): Promise<void> {
  const selected = new Set(selectedIds(job));
  const nameBefore = new Map(
    (await job.context.database.categories()).map((category) => [category.updateId, category.title]),
  );
  for (const { updateId, typeName, title } of categories.filter((category) => selected.has(category.updateId))) {
    const before = nameBefore.get(updateId) ?? title;
    if (before !== title)
      job.recorder.warn(
        `Category ${typeName}:${updateId} (${before}) is named ${title} on WSUS`,
        `The subscribed ${typeName} "${before}" is named "${title}" now.`,
      );
  }
}

function selectedIds(job: SyncJob): readonly string[] {
  return [...new Set(Object.values(job.settings.subscription.selected).flat())];
}
