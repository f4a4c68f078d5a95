import { reasonOf, SyncError } from '../errors/SyncError.js';
import { inTurns } from '../platform/inTurns.js';
import { type ComponentSettings, prepareKey, subscriptionKey } from '../state/ComponentSettings.js';
import { forgetAnchors } from '../state/catalogueState.js';
import { settledBy, type SubscribedCategories } from '../state/subscribedCategories.js';
import type { BroughtCatalogue, SyncContext } from './SyncContext.js';
import { completeCatalogue } from './completeCatalogue.js';
import { followCategories, synchronizeConfiguration } from './synchronizeConfiguration.js';
import { synchronizeLicenseTerms } from './synchronizeLicenseTerms.js';
import { synchronizeSiteCategories } from './synchronizeSiteDatabase.js';
import { synchronizeUpdates } from './synchronizeUpdates.js';
import { type CatalogueState, loadCatalogueState, withKnownBatches } from './upstreamState.js';

/** What makes the anchors worthless while a run is under way, and how the run gives it as its reason. */
const RESTARTS: Readonly<Record<string, string>> = {
  UpstreamServerChanged: 'the upstream server was replaced',
  UpstreamRestored: 'the upstream server was restored to an earlier state',
  UpstreamAnchorRefused: 'the upstream server did not accept the anchor of this site',
};

/**
 * The WSUS phase. An upstream that turns out to be another one than the anchors are of is followed once more, by a full
 * synchronization.
 */
export async function synchronizeWsus(context: SyncContext, settings: ComponentSettings): Promise<BroughtCatalogue> {
  try {
    return await followUpstream(context, settings);
  } catch (error) {
    const reason = restartReason(error);
    if (reason === undefined || !(error instanceof SyncError)) throw error;
    context.log.write(`${error.message} Full sync required.`);
    await forgetAnchors(context.database, { reason, since: context.now().getTime() });
    context.recorder.becomeFull(reason);
    return followUpstream(context, settings);
  }
}

function restartReason(error: unknown): string | undefined {
  return error instanceof SyncError ? RESTARTS[error.errorId] : undefined;
}

async function followUpstream(context: SyncContext, settings: ComponentSettings): Promise<BroughtCatalogue> {
  const catalogue = await loadCatalogueState(context);
  return withKnownBatches(context, async () => bringEverything(context, catalogue, settings));
}

async function bringEverything(
  context: SyncContext,
  catalogue: CatalogueState,
  settings: ComponentSettings,
): Promise<BroughtCatalogue> {
  context.signal.throwIfAborted();
  const listed = await synchronizeConfiguration(context, catalogue);
  const subscribed = await followCategories(context, { settings, listed });
  const asked = {
    askedSubscription: await inTurns(prepareKey(subscribed.settings)),
    settledCategories: await settledBy(context, subscribed),
  };
  context.signal.throwIfAborted();
  try {
    return { ...asked, ...(await bringUpdates(context, catalogue, subscribed)) };
  } catch (error) {
    if (restartReason(error) === undefined) await keepCategories(context, asked);
    throw error;
  }
}

async function bringUpdates(
  context: SyncContext,
  catalogue: CatalogueState,
  subscribed: SubscribedCategories,
): Promise<BroughtCatalogue> {
  const { terms, ...named } = await synchronizeUpdates(context, catalogue, subscribed);
  context.signal.throwIfAborted();
  await completeCatalogue(context, catalogue);
  context.signal.throwIfAborted();
  return { ...named, pendingLicenseTerms: await synchronizeLicenseTerms(context, subscribed.settings, terms) };
}

/** What the configuration has brought is there although the updates failed; the failure that is told is theirs. */
async function keepCategories(context: SyncContext, asked: Pick<BroughtCatalogue, 'askedSubscription'>): Promise<void> {
  if (context.signal.aborted) return;
  await synchronizeSiteCategories(context, asked).catch((error: unknown) =>
    context.log.write(`The categories could not be stored: ${reasonOf(error)}`),
  );
}

/**
 * The WSUS phase of a site without a source: nothing is brought. What packages have brought is there, and the phase
 * that follows makes of it what the subscription and the rules say now.
 */
export async function evaluateStored(context: SyncContext, settings: ComponentSettings): Promise<BroughtCatalogue> {
  context.log.write('The site has no synchronization source. Its imported updates are evaluated again.');
  return {
    askedSubscription: subscriptionKey(settings),
    pendingLicenseTerms: await synchronizeLicenseTerms(context, settings),
  };
}
