import type { Run, RunCounts } from '../contract/generated/types.js';
import { decideSyncKind, STORED_REASON, type SyncKind } from '../criteria/decideRun.js';
import { type ComponentSettings, rulesKey, shortKey, subscriptionKey } from '../state/ComponentSettings.js';
import type { SiteContext } from '../state/SiteContext.js';
import { hookRefusal } from '../state/afterSyncRefusal.js';
import { forgetAnchors } from '../state/catalogueState.js';
import { readState, STATE } from '../state/siteState.js';
import type { PackageImport } from '../transfer/PackageImport.js';
import { prepareImport } from './importPackage.js';
import type { KeptBatches } from './reading/KeptBatches.js';

/** Counts of a run that has done nothing yet. */
export function noCounts(): RunCounts {
  return {
    New: 0,
    Revised: 0,
    Expired: 0,
    Superseded: 0,
    Removed: 0,
    Skipped: 0,
    Failed: 0,
    Categories: 0,
    DocumentsFetched: 0,
  };
}

/** What was asked for. */
export interface SyncRequest {
  readonly fullSync: boolean | undefined;
  readonly requester: Run['Requester'];
  readonly requestedBy: string;
  /** This is intentional when the upstream names few updates any more. */
  readonly allowMassExpiry?: boolean;
  /** A package to import instead of following the configured source. */
  readonly imported?: PackageImport | undefined;
  /** What the check of that package has kept. */
  readonly kept?: KeptBatches | undefined;
  /** The site has no source: what it has is evaluated again. */
  readonly isStoredOnly?: boolean;
}

/**
 * Decides full or delta and makes the run object; another source than last time makes the anchors worthless. An import,
 * and a run that brings nothing, leave anchors and source alone.
 */
export async function prepareRun(
  context: SiteContext,
  settings: ComponentSettings,
  request: SyncRequest,
): Promise<Run> {
  const { database } = context;
  const version = (await readState(database, STATE.contentVersion)) ?? 0;
  const id = (await database.nextIds()).run;
  const refusal = await hookRefusal(context, settings);
  if (request.imported !== undefined)
    return newRun(context, {
      refusal,
      id,
      decided: await prepareImport(context, settings, request.imported),
      request,
      version,
    });
  if (request.isStoredOnly === true)
    return newRun(context, { refusal, id, decided: { kind: 'Full', reason: STORED_REASON }, request, version });
  const sourceChanged = (await readState(database, STATE.sourceKey)) !== sourceKey(settings);
  const decided = await decide(context, settings, { request, sourceChanged });
  await forgetObsolete(context, settings);
  if (sourceChanged) await changeSource(context, settings);
  return newRun(context, { refusal, id, decided, request, version });
}

/**
 * Another subscription, or other rules, may want again what maintenance has removed: the complete list that follows
 * brings it.
 */
async function forgetObsolete({ database }: SiteContext, settings: ComponentSettings): Promise<void> {
  const subscription = await readState(database, STATE.evaluatedSubscription);
  const isChanged =
    shortKey(subscription ?? '') !== subscriptionKey(settings) ||
    (await readState(database, STATE.evaluatedRules)) !== rulesKey(settings);
  if (subscription !== undefined && isChanged) await database.commit({ forgetsObsolete: true });
}

async function decide(
  context: SiteContext,
  settings: ComponentSettings,
  facts: { request: SyncRequest; sourceChanged: boolean },
): Promise<SyncKind> {
  const { database } = context;
  const lastFull = await readState(database, STATE.lastFull);
  const due = await readState(database, STATE.fullDue);
  return decideSyncKind({
    now: context.now().getTime(),
    requestedFull: facts.request.fullSync,
    sourceChanged: facts.sourceChanged,
    fullSyncIntervalDays: settings.fullSyncIntervalDays,
    lastFull,
    due: due !== undefined && due.since >= (lastFull ?? 0) ? due.reason : undefined,
    subscriptionChanged:
      shortKey((await readState(database, STATE.evaluatedSubscription)) ?? '') !== subscriptionKey(settings),
    rulesChanged: (await readState(database, STATE.evaluatedRules)) !== rulesKey(settings),
  });
}

function newRun(
  context: SiteContext,
  parts: { refusal: string | undefined; id: number; decided: SyncKind; request: SyncRequest; version: number },
): Run {
  return {
    Id: parts.id,
    SiteCode: context.site.siteCode,
    Requester: parts.request.requester,
    RequestedBy: parts.request.requestedBy,
    Kind: parts.decided.kind,
    Reason: parts.decided.reason,
    State: 'Running',
    Succeeded: false,
    Phase: 'Starting',
    StartTime: context.now().toISOString(),
    EndTime: null,
    DurationSeconds: 0,
    Processed: 0,
    Total: 0,
    PercentComplete: 0,
    Counts: noCounts(),
    Size: null,
    SyncCatalogVersion: parts.version,
    ErrorId: '',
    ErrorMessage: '',
    NextStep: '',
    FailedUpdates: [],
    Warnings: parts.refusal === undefined ? [] : [parts.refusal],
  };
}

/** From here on all anchors that are stored are those of the new source, whether or not a run succeeds. */
async function changeSource({ database, now }: SiteContext, settings: ComponentSettings): Promise<void> {
  await forgetAnchors(
    database,
    { reason: 'the synchronization source changed', since: now().getTime() },
    { sourceKey: sourceKey(settings) },
  );
}

/** Which upstream the anchors belong to. */
function sourceKey(settings: ComponentSettings): string {
  return settings.synchronizeAction === 'SynchronizeFromAnUpstreamDataSourceLocation'
    ? settings.upstreamSourceLocation.toLowerCase()
    : settings.synchronizeAction;
}
