import { planUpdateFilter, type StoredFilter } from '../criteria/anchors.js';
import { sorted } from '../criteria/collections.js';
import { findLanguage } from '../criteria/languages.js';
import { NOTHING_OFFERED, nothingSubscribed } from '../criteria/selectionWarnings.js';
import { SyncError } from '../errors/SyncError.js';
import { inTurns, isTurnDue, turn } from '../platform/inTurns.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import { revisionsToRetry } from '../state/catalogueState.js';
import { STATE } from '../state/siteState.js';
import type { SubscribedCategories } from '../state/subscribedCategories.js';
import type { CategoryRow } from '../store/rows.js';
import type { RevisionList } from '../wire/getRevisionIdList.js';
import type { ListedUpdates, SyncContext } from './SyncContext.js';
import { TermsAhead } from './TermsAhead.js';
import { type FetchPlan, fetchRevisions } from './fetchRevisions.js';
import { isComplete, listRevisions } from './listRevisions.js';
import type { KnownTerms } from './readBatch.js';
import type { CatalogueState } from './upstreamState.js';

/** What was named, and the licence terms of what was fetched. */
interface BroughtUpdates extends ListedUpdates {
  readonly terms: KnownTerms;
}

/** Brings the updates that the subscription selects from the upstream into the catalogue; gives what was named. */
export async function synchronizeUpdates(
  context: SyncContext,
  state: CatalogueState,
  { categories, settings }: SubscribedCategories,
): Promise<BroughtUpdates> {
  const activity = 'sync: WSUS synchronizing updates';
  context.log.write(activity);
  const wanted = await wantedFilter(context, categories, settings);
  if (wanted === undefined) return { terms: new Map() };
  context.log.write(
    `Requested categories: ${wanted.categories.length} products, ${wanted.classifications.length} classifications`,
  );
  const filter = planUpdateFilter(wanted, state.updatesAnchor, context.recorder.isFull);
  await turn();
  const list = await listRevisions(context, filter);
  const isWhole = isComplete(filter);
  if (isWhole && list.revisions.length === 0) {
    if (!context.allowMassExpiry) await refuseEmptiness(context, categories);
    context.recorder.warn(`WARNING: ${NOTHING_OFFERED}`, NOTHING_OFFERED);
  }
  const ids = await idsOf(list);
  const terms = await fetchWithTerms(context, settings.summaryLanguages, {
    activity,
    stream: 'updates',
    batchSize: state.config.maxUpdatesPerRequest,
    listed: list.revisions,
    again: await revisionsToRetry(context.database, STATE.failedUpdates, isWhole ? list.revisions : undefined),
    // A complete list drops what it does not name; children of bundles are then looked for again.
    state: (failed) => ({
      updatesAnchor: { anchor: list.anchor, filter: wanted },
      failedUpdates: failed,
      closureFrom: isWhole ? 1 : undefined,
    }),
  });
  // A full synchronization looks at all updates anyway.
  return { terms, listed: isWhole ? ids : undefined, relisted: context.recorder.isFull ? undefined : ids };
}

/** Fetches documents, and beside them the licence terms that they name. */
async function fetchWithTerms(
  context: SyncContext,
  languages: readonly string[],
  plan: FetchPlan,
): Promise<KnownTerms> {
  const ahead = new TermsAhead(context, languages);
  try {
    const terms = await fetchRevisions(context, { ...plan, onRead: (batch) => ahead.add(batch) });
    await ahead.finish();
    return terms;
  } catch (error) {
    await ahead.abandon();
    throw error;
  }
}

/**
 * The filter the subscription asks for; undefined with the product's warning when nothing is selected, because an empty
 * filter means everything.
 */
async function wantedFilter(
  { recorder }: Pick<SyncContext, 'recorder'>,
  categories: readonly CategoryRow[],
  { summaryLanguages }: Pick<ComponentSettings, 'summaryLanguages'>,
): Promise<StoredFilter | undefined> {
  const subscribedIds = async (type: string): Promise<string[]> => {
    const ids = subscribed(categories, type).map((category) => category.updateId);
    await turn();
    return inTurns(sorted(ids, (one, other) => (one < other ? -1 : Number(one > other))));
  };
  const products = await subscribedIds('Product');
  const classifications = await subscribedIds('UpdateClassification');
  if (products.length === 0 || classifications.length === 0) {
    const [missing, type] =
      products.length === 0
        ? (['categories', 'Product'] as const)
        : (['classifications', 'UpdateClassification'] as const);
    recorder.warn(
      `WARNING: Request filter does not contain any known ${missing}. Sync will do nothing.`,
      nothingSubscribed(type),
    );
    return undefined;
  }
  return {
    categories: products,
    classifications,
    languages: summaryLanguages.map((code) => findLanguage(code)?.lcid ?? 1033),
  };
}

function subscribed(categories: readonly CategoryRow[], type: string): readonly CategoryRow[] {
  return categories.filter((category) => category.isSubscribed && category.typeName === type);
}

/** An upstream that suddenly has none of the updates that the subscription selects is not believed. */
async function refuseEmptiness(
  { database, source }: Pick<SyncContext, 'database' | 'source'>,
  categories: readonly CategoryRow[],
): Promise<void> {
  const keysOf = (type: string): number[] => subscribed(categories, type).map((category) => category.updateKey);
  const known = (
    await database.updates({
      wildcard: false,
      isExpired: false,
      categoryKeys: [keysOf('Product'), keysOf('UpdateClassification')],
    })
  ).length;
  if (known > 0) throw new SyncError('UpstreamEmpty', { url: source.name, what: 'updates of the subscription', known });
}

async function idsOf(list: RevisionList): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const { updateId } of list.revisions) {
    ids.add(updateId.toLowerCase());
    if (isTurnDue()) await turn();
  }
  return ids;
}
