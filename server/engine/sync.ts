import { importPackage } from '../sync/importPackage.js';
import type { PackageImport } from '../transfer/PackageImport.js';
import type { Source } from '../upstream/Source.js';
import type { ChangeTally } from './ChangeTally.js';
import type { ComponentSettings } from './ComponentSettings.js';
import type { RunRecorder } from './RunRecorder.js';
import type { SiteContext } from './SiteContext.js';
import { evaluateStored } from './evaluateStored.js';
import { finishRun } from './finishRun.js';
import { readRevoked } from './hierarchy/hierarchyState.js';
import type { LinkRequest } from './hierarchy/hierarchyState.js';
import { logContentVersion } from './logContentVersion.js';
import { followSiteDatabase, synchronizeSiteDatabase } from './synchronizeSiteDatabase.js';
import { synchronizeWsus } from './synchronizeWsus.js';

/** What one synchronization works with. */
export interface SyncJob {
  readonly context: SiteContext;
  readonly recorder: RunRecorder;
  readonly source: Source;
  settings: ComponentSettings;
  readonly signal: AbortSignal;
  /** The administrator says that it is meant when the upstream names few updates any more. */
  readonly allowMassExpiry: boolean;
  /** What the run did to each update so far. */
  readonly tally: ChangeTally;
  /** The site above, whose content version the run takes over; undefined at the top. */
  readonly parent?: { readonly siteCode: string; readonly request: LinkRequest | undefined } | undefined;
  /** How many licence terms could not be had in this run. */
  pendingLicenseTerms?: number;
  /** The subscription that the updates were asked for with, as `subscriptionKey`. */
  askedSubscription?: string;
  /** The package that the run imports instead of following the upstream. */
  readonly imported?: PackageImport;
  /** The run brings nothing: it evaluates what the site has. */
  readonly isStoredOnly?: boolean;
  /** Ids (lower case) that a complete list of the updates named in this run: what it lacks is gone upstream. */
  listed?: ReadonlySet<string> | undefined;
  /** Ids that any list of the updates named in this run. */
  relisted?: ReadonlySet<string>;
}

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
