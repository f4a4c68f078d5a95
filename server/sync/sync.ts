import { readRevoked } from '../state/hierarchyState.js';
import type { SyncJob } from './SyncJob.js';
import { finishRun, logContentVersion } from './finishRun.js';
import { importPackage } from './importPackage.js';
import { followSiteDatabase, synchronizeSiteDatabase } from './synchronizeSiteDatabase.js';
import { evaluateStored, synchronizeWsus } from './synchronizeWsus.js';

/**
 * One synchronization, in the steps an administrator sees in wsyncmgr.log: the WSUS phase (6704) brings categories and
 * updates from the upstream, or from a package, into the catalogue, the site database phase (6705) makes categories and
 * software
 * updates of what the subscription selects. Below a parent that happens within the WSUS phase, as the product has it by
 * replication of the database (configmgr.md section 3.4). Throws SyncError; everything committed until then stays.
 */
export async function sync(job: SyncJob): Promise<void> {
  const { context, recorder } = job;
  const { log } = context;
  const { serverName } = recorder;

  await recorder.enter('wsus');
  if (job.parent !== undefined) await warnOfRevocation(job);
  log.write(`Synchronizing WSUS server ${serverName} ...`, 'sync: Starting WSUS synchronization');
  await bringCatalogue(job);
  log.write(`Done synchronizing WSUS Server ${serverName}`);
  if (job.parent === undefined) logContentVersion(job);

  job.signal.throwIfAborted();
  const finished = job.parent === undefined ? await synchronizeSiteDatabase(job) : await followSiteDatabase(job);

  job.signal.throwIfAborted();
  await finishRun(job, finished);
}

async function bringCatalogue(job: SyncJob): Promise<void> {
  if (job.imported !== undefined) return importPackage(job, job.imported);
  return job.isStoredOnly === true ? evaluateStored(job) : synchronizeWsus(job);
}

/** A site that was cut off gets what its parent serves to anybody, and is a part of the hierarchy no more. */
async function warnOfRevocation({ context, recorder }: SyncJob): Promise<void> {
  const revoked = await readRevoked(context.database);
  if (revoked === '') return;
  recorder.warn(
    `WARNING: ${revoked} Settings and requests do not reach this site any more.`,
    `${revoked} This run only takes what its update server serves to anybody: settings and requests of the parent do ` +
      `not reach this site any more, and its status is not reported. Make the site anew with another join token, or ` +
      `stop using it.`,
  );
}
