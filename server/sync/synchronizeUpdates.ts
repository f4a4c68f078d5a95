import { planUpdateFilter, type StoredFilter } from '../criteria/anchors.js';
import { findLanguage } from '../criteria/languages.js';
import { nothingSubscribed } from '../criteria/selectionWarnings.js';
import { SyncError } from '../errors/SyncError.js';
import { turn } from '../platform/inTurns.js';
import { subscriptionKey } from '../state/ComponentSettings.js';
import { revisionsToRetry, STATE } from '../state/catalogueState.js';
import type { CategoryRow } from '../store/rows.js';
import type { RevisionList } from '../wire/getRevisionIdList.js';
import type { SyncJob } from './SyncJob.js';
import { fetchRevisions, isComplete, listRevisions } from './fetchRevisions.js';
import type { CatalogueState } from './upstreamState.js';

/** Brings the updates that the subscription selects from the upstream into the catalogue. */
export async function synchronizeUpdates(
  job: SyncJob,
  state: CatalogueState,
  categories: readonly CategoryRow[],
): Promise<void> {
  const { context, recorder } = job;
  const activity = 'sync: WSUS synchronizing updates';
  context.log.write(activity);
  job.askedSubscription = subscriptionKey(job.settings);
  const wanted = wantedFilter(job, categories);
  if (wanted === undefined) return;
  context.log.write(
    `Requested categories: ${wanted.categories.length} products, ${wanted.classifications.length} classifications`,
  );
  const filter = planUpdateFilter(wanted, state.updatesAnchor, recorder.run.Kind === 'Full');
  const list = await listRevisions(job, filter);
  const isWhole = isComplete(filter);
  if (isWhole && list.revisions.length === 0 && !job.allowMassExpiry) await refuseEmptiness(job, categories);
  await noteListed(job, list, isWhole);
  await fetchRevisions(job, {
    activity,
    stream: 'updates',
    batchSize: state.config.maxUpdatesPerRequest,
    listed: list.revisions,
    again: await revisionsToRetry(context.database, STATE.failedUpdates, isWhole ? list.revisions : undefined),
    // A complete list drops what it does not name; children of bundles are then looked for again.
    settings: (failed) => ({
      [STATE.updatesAnchor]: { anchor: list.anchor, filter: wanted },
      [STATE.failedUpdates]: failed,
      ...(isWhole ? { [STATE.closureFrom]: 1 } : {}),
    }),
  });
}

/**
 * The filter the subscription asks for; undefined with the product's warning when nothing is selected, because an empty
 * filter means everything.
 */
function wantedFilter(job: SyncJob, categories: readonly CategoryRow[]): StoredFilter | undefined {
  const idsOf = (type: string): string[] =>
    subscribed(categories, type)
      .map((category) => category.updateId)
      .sort();
  const products = idsOf('Product');
  const classifications = idsOf('UpdateClassification');
  if (products.length === 0 || classifications.length === 0) {
    const [missing, type] =
      products.length === 0
        ? (['categories', 'Product'] as const)
        : (['classifications', 'UpdateClassification'] as const);
    job.recorder.warn(
      `WARNING: Request filter does not contain any known ${missing}. Sync will do nothing.`,
      nothingSubscribed(type),
    );
    return undefined;
  }
  return {
    categories: products,
    classifications,
    languages: job.settings.summaryLanguages.map((code) => findLanguage(code)?.lcid ?? 1033),
  };
}

function subscribed(categories: readonly CategoryRow[], type: string): readonly CategoryRow[] {
  return categories.filter((category) => category.isSubscribed && category.typeName === type);
}

/** An upstream that suddenly has none of the updates that the subscription selects is not believed. */
async function refuseEmptiness(job: SyncJob, categories: readonly CategoryRow[]): Promise<void> {
  const keysOf = (type: string): number[] => subscribed(categories, type).map((category) => category.updateKey);
  const known = (
    await job.context.database.updates({
      wildcard: false,
      isExpired: false,
      categoryKeys: [keysOf('Product'), keysOf('UpdateClassification')],
    })
  ).length;
  if (known > 0)
    throw new SyncError('UpstreamEmpty', { url: job.source.name, what: 'updates of the subscription', known });
}

async function noteListed(job: SyncJob, list: RevisionList, isWhole: boolean): Promise<void> {
  const ids = new Set<string>();
  for (const { updateId } of list.revisions) {
    ids.add(updateId.toLowerCase());
    await turn();
  }
  if (isWhole) job.listed = ids;
  // A full synchronization looks at all updates anyway.
  if (job.recorder.run.Kind !== 'Full') job.relisted = ids;
}
