import { planUpdateFilter, type StoredFilter } from '../criteria/planUpdateFilter.js';
import { findLanguage } from '../criteria/languages.js';
import { STATE, type CatalogueState } from './catalogueState.js';
import { fetchRevisions } from './fetchRevisions.js';
import type { SyncJob } from './sync.js';
import { subscribedCategories } from './subscribedCategories.js';

/** Brings the updates that the subscription selects from the upstream into the catalogue. */
export async function synchronizeUpdates(job: SyncJob, state: CatalogueState): Promise<void> {
  const { context, recorder, source, signal } = job;
  context.log.write('sync: WSUS synchronizing updates');
  const wanted = await wantedFilter(job);
  if (wanted === undefined) return;
  const filter = planUpdateFilter(wanted, state.updatesAnchor, recorder.run.Kind === 'Full');
  context.log.write(`Requested categories: ${wanted.categories.length} products, ${wanted.classifications.length} classifications`);
  const list = await source.listRevisions(filter, signal);
  const anchor = { anchor: list.anchor, filter: wanted };
  const isSame = JSON.stringify(anchor) === JSON.stringify(state.updatesAnchor);
  await fetchRevisions(job, {
    activity: 'sync: WSUS synchronizing updates', stream: 'updates', revisions: list.revisions, batchSize: state.config.maxUpdatesPerRequest,
    settings: isSame ? {} : { [STATE.updatesAnchor]: anchor },
  });
}

/** The filter the subscription asks for; undefined with the product's warning when nothing is selected, because an empty filter means everything. */
async function wantedFilter(job: SyncJob): Promise<StoredFilter | undefined> {
  const { categories, settings } = await subscribedCategories(job.context, job.settings);
  for (const entry of job.settings.subscription.pending.filter((pending) => !settings.subscription.pending.includes(pending))) {
    job.context.log.write(`The pending ${entry.type} ${entry.name} is known now and subscribed.`);
  }
  job.settings = settings;
  const idsOf = (type: string): string[] => categories.filter((category) => category.isSubscribed && category.typeName === type).map((category) => category.updateId).sort();
  const products = idsOf('Product');
  const classifications = idsOf('UpdateClassification');
  const missing = products.length === 0 ? 'categories' : classifications.length === 0 ? 'classifications' : undefined;
  if (missing !== undefined) {
    job.context.log.write(`WARNING: Request filter does not contain any known ${missing}. Sync will do nothing.`);
    return undefined;
  }
  return { categories: products, classifications, languages: job.settings.summaryLanguages.map((code) => findLanguage(code)?.lcid ?? 1033) };
}
