import { missingCategories } from '../criteria/mistrust.js';
import { SyncError } from '../errors/SyncError.js';
import { revisionsToRetry, STATE, storeSettings } from '../state/catalogueState.js';
import { subscribedCategories } from '../state/subscribedCategories.js';
import type { CategoryRow } from '../store/rows.js';
import type { SyncJob } from './SyncJob.js';
import { fetchRevisions, isComplete, listRevisions } from './fetchRevisions.js';
import type { CatalogueState } from './upstreamState.js';

/** Ids of the configuration that the upstream has listed: all that it has, or what changed. */
interface ListedConfiguration {
  readonly ids: ReadonlySet<string>;
  readonly isComplete: boolean;
}

/** Brings categories, classifications and detectoids from the upstream into the catalogue. */
export async function synchronizeConfiguration(job: SyncJob, state: CatalogueState): Promise<ListedConfiguration> {
  const { context, recorder } = job;
  const activity = 'sync: WSUS synchronizing categories';
  context.log.write(activity);
  const filter = {
    config: true,
    anchor: recorder.run.Kind === 'Full' ? '' : state.configAnchor,
    categories: [],
    classifications: [],
    languages: [],
  };
  const list = await listRevisions(job, filter);
  const isWhole = isComplete(filter);
  if (isWhole && list.revisions.length === 0) await refuseEmptiness(job);
  await fetchRevisions(job, {
    activity,
    stream: 'configuration',
    batchSize: state.config.maxUpdatesPerRequest,
    listed: list.revisions,
    again: await revisionsToRetry(context.database, STATE.failedConfiguration, isWhole ? list.revisions : undefined),
    settings: (failed) => ({ [STATE.configAnchor]: list.anchor, [STATE.failedConfiguration]: failed }),
  });
  return { ids: new Set(list.revisions.map((identity) => identity.updateId.toLowerCase())), isComplete: isWhole };
}

/** An upstream that suddenly knows no category at all is not believed. */
async function refuseEmptiness(job: SyncJob): Promise<void> {
  const known = (await job.context.database.counts()).categories;
  if (known > 0) throw new SyncError('UpstreamEmpty', { url: job.source.name, what: 'categories', known });
}

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
