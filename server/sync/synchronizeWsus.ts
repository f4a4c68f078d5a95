import { reasonOf, SyncError } from '../errors/SyncError.js';
import { subscriptionKey } from '../state/ComponentSettings.js';
import { forgetAnchors } from '../state/catalogueState.js';
import type { CategoryRow } from '../store/rows.js';
import type { SyncJob } from './SyncJob.js';
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
  UpstreamAnchorRefused: 'the upstream server did not take the anchor of this site',
};

/**
 * The WSUS phase. An upstream that turns out to be another one than the anchors are of is followed once more, by a full
 * synchronization.
 */
export async function synchronizeWsus(job: SyncJob): Promise<void> {
  try {
    await followUpstream(job);
  } catch (error) {
    const reason = restartReason(error);
    if (reason === undefined || !(error instanceof SyncError)) throw error;
    job.context.log.write(`${error.message} Full sync required.`);
    await forgetAnchors(job.context.database, { reason, since: job.context.now().getTime() });
    job.recorder.becomeFull(reason);
    await followUpstream(job);
  }
}

function restartReason(error: unknown): string | undefined {
  return error instanceof SyncError ? RESTARTS[error.errorId] : undefined;
}

async function followUpstream(job: SyncJob): Promise<void> {
  const catalogue = await loadCatalogueState(job);
  await withKnownBatches(job, async () => bringEverything(job, catalogue));
}

async function bringEverything(job: SyncJob, catalogue: CatalogueState): Promise<void> {
  job.signal.throwIfAborted();
  const configuration = await synchronizeConfiguration(job, catalogue);
  const categories = await followCategories(job, configuration);
  job.signal.throwIfAborted();
  try {
    await bringUpdates(job, catalogue, categories);
  } catch (error) {
    if (restartReason(error) === undefined) await keepCategories(job);
    throw error;
  }
}

async function bringUpdates(
  job: SyncJob,
  catalogue: CatalogueState,
  categories: readonly CategoryRow[],
): Promise<void> {
  await synchronizeUpdates(job, catalogue, categories);
  job.signal.throwIfAborted();
  await completeCatalogue(job, catalogue);
  job.signal.throwIfAborted();
  await synchronizeLicenseTerms(job);
}

/** What the configuration has brought is there although the updates failed; the failure that is told is theirs. */
async function keepCategories(job: SyncJob): Promise<void> {
  if (job.signal.aborted) return;
  const { log } = job.context;
  await synchronizeSiteCategories(job).catch((error: unknown) =>
    log.write(`The categories could not be stored: ${reasonOf(error)}`),
  );
}

/** Why a run looks at everything although it brings nothing. */
export const STORED_REASON = 'the site has no synchronization source and evaluates what it has';

/**
 * The WSUS phase of a site without a source: nothing is brought. What packages have brought is there, and the phase
 * that follows makes of it what the subscription and the rules say now.
 */
export async function evaluateStored(job: SyncJob): Promise<void> {
  job.context.log.write('The site has no synchronization source; what its packages have brought is evaluated again.');
  job.askedSubscription = subscriptionKey(job.settings);
  await synchronizeLicenseTerms(job);
}
