import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { CategoryRow } from '../store/rows.js';
import { completeCatalogue } from './completeCatalogue.js';
import { followCategories } from './followCategories.js';
import { forgetAnchors } from '../state/catalogueState.js';
import { loadCatalogueState, type CatalogueState } from './upstreamState.js';
import { withKnownBatches } from './knownBatches.js';
import type { SyncJob } from './SyncJob.js';
import { synchronizeConfiguration } from './synchronizeConfiguration.js';
import { synchronizeSiteCategories } from './synchronizeSiteCategories.js';
import { synchronizeLicenseTerms } from './synchronizeLicenseTerms.js';
import { synchronizeUpdates } from './synchronizeUpdates.js';

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
