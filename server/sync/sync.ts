import type { ComponentSettings } from '../state/ComponentSettings.js';
import { readRevoked } from '../state/hierarchyState.js';
import type { BroughtCatalogue, SyncContext } from './SyncContext.js';
import { finishRun, logContentVersion } from './finishRun.js';
import { importPackage } from './importPackage.js';
import { followSiteDatabase, synchronizeSiteDatabase } from './synchronizeSiteDatabase.js';
import { evaluateStored, synchronizeWsus } from './synchronizeWsus.js';

/**
 * One synchronization, in the steps an administrator sees in wsyncmgr.log: the WSUS phase (6704) brings categories and
 * updates from the upstream, or from a package, into the catalogue, the site database phase (6705) makes categories and
 * software updates of what the subscription selects. Below a parent that happens within the WSUS phase, as the product
 * has it by replication of the database (configmgr.md section 3.4). Throws SyncError; everything committed until then
 * stays.
 */
export async function sync(context: SyncContext, settings: ComponentSettings): Promise<void> {
  const { followed, log, recorder, signal } = context;
  const { serverName } = recorder;

  await recorder.enter('wsus');
  if (followed !== undefined) await warnOfRevocation(context);
  log.write(`Synchronizing WSUS server ${serverName} ...`, 'sync: Starting WSUS synchronization');
  const brought = await bringCatalogue(context, settings);
  log.write(`Done synchronizing WSUS Server ${serverName}`);
  if (followed === undefined) logContentVersion(context);

  signal.throwIfAborted();
  const result =
    followed === undefined
      ? await synchronizeSiteDatabase(context, brought)
      : await followSiteDatabase(context, brought);

  signal.throwIfAborted();
  await finishRun(context, brought, result);
}

async function bringCatalogue(context: SyncContext, settings: ComponentSettings): Promise<BroughtCatalogue> {
  try {
    if (context.imported !== undefined) return await importPackage(context, context.imported, settings);
    return await (context.isStoredOnly ? evaluateStored(context, settings) : synchronizeWsus(context, settings));
  } finally {
    // Nothing is read any more, and what follows needs the memory.
    await context.reader.close();
  }
}

/** A site that was cut off gets what its parent serves to anybody, and is a part of the hierarchy no more. */
async function warnOfRevocation({ database, recorder }: Pick<SyncContext, 'database' | 'recorder'>): Promise<void> {
  const revoked = await readRevoked(database);
  if (revoked === '') return;
  recorder.warn(
    `WARNING: ${revoked} Settings and requests no longer reach this site.`,
    `${revoked} This run only gets what its update server serves to any server. Settings and requests of the parent ` +
      `no longer reach this site, and its status is not reported. Create the site again with a new join token, or ` +
      `stop using it.`,
  );
}
