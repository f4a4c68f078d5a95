import { SyncError } from '../errors/SyncError.js';
import { completeCatalogue } from './completeCatalogue.js';
import { followCategories } from './followCategories.js';
import { forgetAnchors, loadCatalogueState } from './catalogueState.js';
import type { SyncJob } from './sync.js';
import { synchronizeConfiguration } from './synchronizeConfiguration.js';
import { synchronizeLicenseTerms } from './synchronizeLicenseTerms.js';
import { synchronizeUpdates } from './synchronizeUpdates.js';

/** What makes the anchors worthless while a run is under way, and how the run gives it as its reason. */
const RESTARTS: Readonly<Record<string, string>> = {
  UpstreamServerChanged: 'the upstream server was replaced',
  UpstreamRestored: 'the upstream server was restored to an earlier state',
};

/**
 * The WSUS phase. An upstream that turns out to be another one than the anchors are of is followed once more, by a full
 * synchronization.
 */
export async function synchronizeWsus(job: SyncJob): Promise<void> {
  try {
    await followUpstream(job);
  } catch (error) {
    const reason = error instanceof SyncError ? RESTARTS[error.errorId] : undefined;
    if (reason === undefined || !(error instanceof SyncError)) throw error;
    job.context.log.write(`${error.message} Full sync required.`);
    await forgetAnchors(job.context.database, { reason, since: job.context.now().getTime() });
    job.recorder.becomeFull(reason);
    await followUpstream(job);
  }
}

async function followUpstream(job: SyncJob): Promise<void> {
  const catalogue = await loadCatalogueState(job);
  job.signal.throwIfAborted();
  const configuration = await synchronizeConfiguration(job, catalogue);
  const categories = await followCategories(job, configuration);
  job.signal.throwIfAborted();
  await synchronizeUpdates(job, catalogue, categories);
  job.signal.throwIfAborted();
  await completeCatalogue(job, catalogue);
  job.signal.throwIfAborted();
  await synchronizeLicenseTerms(job);
}
