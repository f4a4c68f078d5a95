import { turn } from '../platform/inTurns.js';
import { rulesKey } from '../state/ComponentSettings.js';
import { nextRequest, readRequest, readRevoked } from '../state/hierarchyState.js';
import { stateChange, type StateChange } from '../state/siteState.js';
import { countNow } from '../state/summarization.js';
import type { BroughtCatalogue, SiteDatabaseResult, SyncContext } from './SyncContext.js';
import { importedState } from './importPackage.js';
import { warnOfFailures, warnOfRepetition } from './warnOfFailures.js';

/** Update source id of the product, as it stands in the log and in policy. */
const UPDATE_SOURCE = '{C2D17964-BBDD-4339-B9F3-12D7205B39CC}';

/** Stands after the WSUS phase, and again one higher when the site database changed (configmgr.md section 3.3). */
export function logContentVersion({ log, recorder, site }: Pick<SyncContext, 'log' | 'recorder' | 'site'>): void {
  log.write(
    `Set content version of update source ${UPDATE_SOURCE} for site ${site.siteCode} ` +
      `to ${recorder.run.SyncCatalogVersion}`,
  );
}

/** A relay sends a request again within minutes; after two days nobody asks for its answer. */
const REQUEST_LIFE = 2 * 24 * 60 * 60 * 1000;

/**
 * Ends a successful run in one transaction: content version, how far it came, what the nodes below are asked for, 6702
 * or 6708.
 */
export async function finishRun(
  context: SyncContext,
  brought: BroughtCatalogue,
  result: SiteDatabaseResult,
): Promise<void> {
  // Not between the reading and the writing of the request for the nodes below: others raise it too.
  await turn();
  const { database, followed, log, recorder, site } = context;
  const changed = result.changed || recorder.run.Counts.Categories > 0;
  const version = contentVersion(context, changed);
  if (followed !== undefined) {
    recorder.reach(version);
    logContentVersion(context);
  }
  const request = nextRequest(await readRequest(database), {
    isFull: recorder.isFull,
    contentVersion: version,
    topRun: followed?.request?.topRun ?? recorder.run.Id,
  });
  const settings = stateChange({
    nextRevision: result.nextRevision,
    evaluatedCategories: result.categoriesKey,
    contentVersion: version,
    unresolved: false,
    request,
    summary: await countNow(context),
    ...(await evaluatedState(context, brought, result)),
  });
  await warnOfFailures(context);
  await warnOfRepetition(context, recorder, { State: 'Succeeded', ErrorId: '' });
  const changes = { settings, forgetRequestsBefore: context.now().getTime() - REQUEST_LIFE };
  await recorder.succeed(version, changes, brought.pendingLicenseTerms > 0);
  if (followed === undefined && changed) logContentVersion(context);
  log.write(
    `Sync succeeded. Setting sync alert to canceled state on site ${site.siteCode}`,
    ...resultLines(context, await readRevoked(database)),
    `Sync time: ${recorder.durationText()}`,
  );
}

/** What the whole site database was evaluated with; a run that looked at a part of it leaves that as it was. */
async function evaluatedState(
  context: SyncContext,
  { askedSubscription }: BroughtCatalogue,
  { settings }: SiteDatabaseResult,
): Promise<StateChange> {
  if (context.imported !== undefined) return importedState(context, context.imported, settings);
  if (!context.recorder.isFull || context.isStoredOnly) return {};
  return {
    lastFull: context.now().getTime(),
    evaluatedSubscription: askedSubscription,
    evaluatedRules: rulesKey(settings),
  };
}

/**
 * One higher only if the site database changed; below a parent that of its request, which a node that was never asked
 * does not have.
 */
function contentVersion({ followed, recorder: { run } }: SyncContext, changed: boolean): number {
  if (followed !== undefined) return followed.request?.contentVersion ?? run.SyncCatalogVersion;
  return run.SyncCatalogVersion + (changed ? 1 : 0);
}

function resultLines({ followed, recorder: { run } }: SyncContext, revoked: string): readonly string[] {
  if (followed !== undefined && revoked !== '')
    return [`Synced with the update server of ${followed.siteCode}, which has revoked this site`];
  if (followed !== undefined)
    return [`Successfully synced site with parent ${followed.siteCode}, version ${run.SyncCatalogVersion}`];
  const { New, Revised, Expired, Superseded, Removed, Skipped, Failed } = run.Counts;
  return [
    `Updated ${New + Revised} items in SMS database, new update source content version is ${run.SyncCatalogVersion}`,
    `New: ${New}, revised: ${Revised}, expired: ${Expired}, superseded: ${Superseded}, removed: ${Removed}, ` +
      `skipped: ${Skipped}, failed: ${Failed}`,
  ];
}
