import { pendingWarnings } from '../criteria/selectionWarnings.js';
import { inTurns } from '../platform/inTurns.js';
import { prepareKey, subscriptionKey } from '../state/ComponentSettings.js';
import type { SiteContext } from '../state/SiteContext.js';
import { failedRevisions } from '../state/catalogueState.js';
import { readSettings, settingsChange } from '../state/settingsStore.js';
import {
  changedCategories,
  nodesOf,
  originOf,
  subscribedCategories,
  type SubscribedCategories,
} from '../state/subscribedCategories.js';
import type { BroughtCatalogue, SiteDatabaseResult, SyncContext } from './SyncContext.js';
import { synchronizeSoftwareUpdates } from './synchronizeSoftwareUpdates.js';
import { readState, STATE } from '../state/siteState.js';

/** The categories of the site with the settings that they follow from. */
interface SiteCategories extends SubscribedCategories {
  /** The settings still select what the updates were asked for with. */
  readonly isAsked: boolean;
}

/** Stores the category instances that are new or changed, with `IsSubscribed`; gives all of them. */
export async function synchronizeSiteCategories(
  context: SyncContext,
  { askedSubscription, settledCategories }: Pick<BroughtCatalogue, 'askedSubscription' | 'settledCategories'>,
): Promise<SiteCategories> {
  const { log, recorder, imported } = context;
  log.write('sync: SMS synchronizing categories');
  const { categories, settings, changed } = await context.settingsMutex.take(async () =>
    storeCategories(context, settledCategories),
  );
  await inTurns(prepareKey(settings));
  const isAsked = imported !== undefined || askedSubscription === subscriptionKey(settings);
  if (!isAsked)
    log.write('The subscription was changed while the run worked; the next synchronization will be a full one.');
  await warnOfPending(context, { categories, settings });
  recorder.step(categories.length);
  recorder.countCategories(changed);
  recorder.advance('sync: SMS synchronizing categories', categories.length);
  return { categories, settings, isAsked };
}

/**
 * A name that a whole list of the categories does not have may wait for ever: every run says so, with what is like it.
 * Sites below have their subscription from the top.
 */
async function warnOfPending(
  { database, followed, imported, isStoredOnly, recorder }: SyncContext,
  { categories, settings }: SubscribedCategories,
): Promise<void> {
  const { pending } = settings.subscription;
  if (followed !== undefined || pending.length === 0) return;
  const isKnownWhole =
    imported !== undefined || recorder.isFull || (await readState(database, STATE.lastFull)) !== undefined;
  if (!isKnownWhole || (await failedRevisions(database, STATE.failedConfiguration)).length > 0) return;
  const from = imported !== undefined || isStoredOnly ? 'package' : 'source';
  for (const warning of pendingWarnings(pending, await inTurns(nodesOf(categories)), from))
    recorder.warn(`WARNING: ${warning}`, warning);
}

/** Works with the settings as they are now: an administrator may have changed them since the run began. */
async function storeCategories(
  context: SiteContext,
  settled: string | undefined,
): Promise<SubscribedCategories & { readonly changed: number }> {
  const { database, site } = context;
  const current = await readSettings(database, site.serverName);
  if (settled !== undefined && settled === (await originOf(database, current)))
    return { categories: await database.categories(), settings: current, changed: 0 };
  const { categories, settings } = await subscribedCategories(context, current);
  const changed = await inTurns(changedCategories(await database.categories(), categories));
  const isResolved = settings.subscription !== current.subscription;
  if (changed.length > 0 || isResolved)
    await database.commit({ categories: changed, ...(isResolved ? { settings: settingsChange(settings) } : {}) });
  return { categories, settings, changed: changed.length };
}

/** The site database phase (6705): categories and software updates of what the subscription selects. */
export async function synchronizeSiteDatabase(
  context: SyncContext,
  brought: BroughtCatalogue,
): Promise<SiteDatabaseResult> {
  const { recorder, log } = context;
  await recorder.enter('siteDatabase');
  log.write(
    `Synchronizing SMS database with WSUS server ${recorder.serverName} ...`,
    'sync: Starting SMS database synchronization',
  );
  const result = await workOn(context, brought);
  log.write(`Done synchronizing SMS with WSUS Server ${recorder.serverName}`);
  return result;
}

/** The same at a site with a parent: not a phase of its own, and not told line by line. */
export async function followSiteDatabase(context: SyncContext, brought: BroughtCatalogue): Promise<SiteDatabaseResult> {
  const silent = { ...context, log: { ...context.log, write: () => undefined } };
  return context.recorder.silently(async () => workOn(silent, brought));
}

async function workOn(context: SyncContext, brought: BroughtCatalogue): Promise<SiteDatabaseResult> {
  const { isAsked, ...subscribed } = await synchronizeSiteCategories(context, brought);
  context.signal.throwIfAborted();
  return synchronizeSoftwareUpdates(context, {
    ...subscribed,
    // A list of something else does not tell what is gone.
    listed: isAsked ? brought.listed : undefined,
    relisted: brought.relisted,
  });
}
