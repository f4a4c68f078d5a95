import { mapped } from '../criteria/collections.js';
import { missingCategories } from '../criteria/mistrust.js';
import { SyncError } from '../errors/SyncError.js';
import { inTurns, type Steps, turn } from '../platform/inTurns.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import { revisionsToRetry } from '../state/catalogueState.js';
import { readState, STATE, storeState } from '../state/siteState.js';
import { subscribedCategories, type SubscribedCategories } from '../state/subscribedCategories.js';
import type { RevisionList } from '../wire/getRevisionIdList.js';
import type { SyncContext } from './SyncContext.js';
import { fetchRevisions } from './fetchRevisions.js';
import { isComplete, listRevisions } from './listRevisions.js';
import type { CatalogueState } from './upstreamState.js';

/** Ids of the configuration that the upstream has listed: all that it has, or what changed. */
interface ListedConfiguration {
  readonly ids: ReadonlySet<string>;
  readonly isComplete: boolean;
}

/** Brings categories, classifications and detectoids from the upstream into the catalogue. */
export async function synchronizeConfiguration(
  context: SyncContext,
  state: CatalogueState,
): Promise<ListedConfiguration> {
  const activity = 'sync: WSUS synchronizing categories';
  context.log.write(activity);
  const filter = {
    config: true,
    anchor: context.recorder.isFull ? '' : state.configAnchor,
    categories: [],
    classifications: [],
    languages: [],
  };
  const list = await listRevisions(context, filter);
  const isWhole = isComplete(filter);
  if (isWhole && list.revisions.length === 0) await refuseEmptiness(context);
  await fetchRevisions(context, {
    activity,
    stream: 'configuration',
    batchSize: state.config.maxUpdatesPerRequest,
    listed: list.revisions,
    again: await revisionsToRetry(context.database, STATE.failedConfiguration, isWhole ? list.revisions : undefined),
    state: (failed) => ({ configAnchor: list.anchor, failedConfiguration: failed }),
  });
  return { ids: await inTurns(idsOf(list)), isComplete: isWhole };
}

function* idsOf(list: RevisionList): Steps<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const { updateId } of list.revisions) {
    ids.add(updateId.toLowerCase());
    yield;
  }
  return ids;
}

/** An upstream that suddenly knows no category at all is not believed. */
async function refuseEmptiness({ database, source }: Pick<SyncContext, 'database' | 'source'>): Promise<void> {
  const known = (await database.counts()).categories;
  if (known > 0) throw new SyncError('UpstreamEmpty', { url: source.name, what: 'categories', known });
}

/**
 * Works out what is subscribed with the configuration as it is now. Pending names that have appeared are subscribed;
 * selected categories that the upstream does not offer any more, or offers under another name, are reported and stay
 * selected.
 */
export async function followCategories(
  context: SyncContext,
  { settings: before, listed }: { readonly settings: ComponentSettings; readonly listed: ListedConfiguration },
): Promise<SubscribedCategories> {
  const subscribed = await subscribedCategories(context, before);
  const { pending } = subscribed.settings.subscription;
  for (const entry of before.subscription.pending.filter((one) => !pending.includes(one)))
    context.recorder.tellOnce(`The pending ${entry.type} ${entry.name} is now known and subscribed.`);
  await reportMissing(context, subscribed, listed);
  await reportRenamed(context, subscribed);
  return subscribed;
}

type ReportContext = Pick<SyncContext, 'database' | 'log' | 'recorder'>;

async function reportMissing(
  { database, log, recorder }: ReportContext,
  { categories, settings }: SubscribedCategories,
  listed: ListedConfiguration,
): Promise<void> {
  const before = (await readState(database, STATE.missingCategories)) ?? [];
  const missing = missingCategories({
    selected: await inTurns(selectedIds(settings)),
    missing: before,
    listed: listed.ids,
    isComplete: listed.isComplete,
  });
  await storeState(database, { missingCategories: missing });
  if (missing.length === 0 && before.length === 0) return;
  const byId = new Map(await inTurns(mapped(categories, (category) => [category.updateId, category] as const)));
  for (const id of missing) {
    const { typeName, title } = byId.get(id) ?? { typeName: 'Category', title: id };
    recorder.warn(
      `Category ${typeName}:${id} (${title}) not found on WSUS`,
      `The subscribed ${typeName} "${title}" is no longer offered by the upstream.`,
    );
  }
  const stillMissing = new Set(missing);
  for (const category of before.filter((id) => !stillMissing.has(id)).flatMap((id) => byId.get(id) ?? [])) {
    log.write(
      `Category ${category.typeName}:${category.updateId} (${category.title}) is found on WSUS again, or is ` +
        `no longer subscribed`,
    );
  }
}

/** The names of the site are still those of the last synchronization. */
async function reportRenamed(
  { database, recorder }: ReportContext,
  { categories, settings }: SubscribedCategories,
): Promise<void> {
  const selected = new Set(await inTurns(selectedIds(settings)));
  const nameBefore = new Map<string, string>();
  for (const category of await database.categories()) {
    nameBefore.set(category.updateId, category.title);
    await turn();
  }
  for (const { updateId, typeName, title } of categories) {
    await turn();
    const before = nameBefore.get(updateId) ?? title;
    if (before !== title && selected.has(updateId))
      recorder.warn(
        `Category ${typeName}:${updateId} (${before}) is named ${title} on WSUS`,
        `The subscribed ${typeName} "${before}" is now named "${title}".`,
      );
  }
}

function* selectedIds(settings: ComponentSettings): Steps<readonly string[]> {
  const ids = new Set<string>();
  for (const id of Object.values(settings.subscription.selected).flat()) {
    ids.add(id);
    yield;
  }
  return [...ids];
}
