import { SyncError } from '../errors/SyncError.js';
import { forgetAnchors, loadCatalogueState } from './catalogueState.js';
import type { SyncJob } from './sync.js';
import { synchronizeConfiguration } from './synchronizeConfiguration.js';
import { synchronizeLicenseTerms } from './synchronizeLicenseTerms.js';
import { synchronizeUpdates } from './synchronizeUpdates.js';

/** The WSUS phase. An upstream whose database was replaced makes the anchors worthless: they are forgotten and it is asked once more. */
export async function synchronizeWsus(job: SyncJob): Promise<void> {
  try {
    await followUpstream(job);
  } catch (error) {
    if (!(error instanceof SyncError) || error.errorId !== 'UpstreamServerChanged') throw error;
    job.context.log.write('The upstream server was replaced. Full sync required.');
    await forgetAnchors(job.context.database);
    await followUpstream(job);
  }
}

async function followUpstream(job: SyncJob): Promise<void> {
  const catalogue = await loadCatalogueState(job);
  job.signal.throwIfAborted();
  await synchronizeConfiguration(job, catalogue);
  job.signal.throwIfAborted();
  await synchronizeUpdates(job, catalogue);
  job.signal.throwIfAborted();
  await synchronizeLicenseTerms(job);
}
