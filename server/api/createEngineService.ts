import { SyncError } from '../errors/SyncError.js';
import type { EngineService, RequestContext } from '../rpc/requests.js';
import { describeSite } from '../site/describeSite.js';
import { getSummarization, runSummarization, setSummarization, summarizationWarnings } from '../state/summarization.js';
import type { SyncRunner } from '../sync/SyncRunner.js';
import type { ServiceParts } from './ServiceParts.js';
import { listAlerts, setAlert } from './alerts.js';
import { BackupHolds } from './backup.js';
import { listCategories } from './categories.js';
import { getComponent, setComponent } from './component.js';
import { startMaintenance } from './maintenance.js';
import { listMessages } from './messages.js';
import { listRunChanges, listRuns, startSync, stopRun, waitForRun, watchRun } from './runs.js';
import { createJoinToken, revokeNode, siteTree, updateKey } from './sites.js';
import {
  addSoftwareUpdatePoint,
  listPoints,
  removeSoftwareUpdatePoint,
  setSoftwareUpdatePoint,
} from './softwareUpdatePoints.js';
import { getStatus } from './status.js';
import { listUpdates, setUpdates, updatesOf } from './updates.js';

/**
 * Makes the handlers over one open site. A change that was answered before a crash gets its stored answer, where the
 * table of methods says that it is done once.
 * What most engines are never asked is loaded when it is: every command waits for the start of its engine.
 */
export function createEngineService(parts: ServiceParts): EngineService {
  const { context, runner } = parts;
  const backups = new BackupHolds(context);
  const answering = new Map<string, Promise<unknown>>();
  const once = async <Result>(requestId: string, work: () => Promise<Result>): Promise<Result> => {
    const stored = await context.database.requestResult(requestId);
    if (stored !== undefined) return JSON.parse(stored) as Result;
    const answer =
      (answering.get(requestId) as Promise<Result> | undefined) ?? work().finally(() => answering.delete(requestId));
    answering.set(requestId, answer);
    return answer;
  };
  const renamed = async <Result>(work: Promise<Result>): Promise<Result> => work.finally(() => parts.onNamesChange?.());
  /** The parent is told of what it shows of this site. */
  const reported = async <Result>(work: Promise<Result>): Promise<Result> =>
    renamed(work).finally(() => parts.hierarchy?.changed());
  return {
    'site/get': async () => Promise.resolve(describeSite(context.site, context.version)),
    'component/get': async (params) => getComponent(parts, params),
    'component/set': async (params) => {
      const result = await once(params.requestId, async () => setComponent(parts, params));
      parts.hierarchy?.settingsChanged();
      return result;
    },
    'sync/start': async (params, request) =>
      unlessEnded(runner, request, async () => once(params.requestId, async () => startSync(parts, params))),
    'run/list': async (params) => listRuns(parts, params),
    'run/wait': async (params, request) => waitForRun(parts, params, request),
    'run/stop': async (params) => once(params.requestId, async () => stopRun(parts, params)),
    'run/watch': async (params, request) => watchRun(runner, params, request),
    'maintenance/start': async (params) => once(params.requestId, async () => startMaintenance(parts, params)),
    'status/get': async () =>
      getStatus(context, { nodes: parts.hierarchy?.nodes() ?? [], heartbeat: parts.lastHeartbeat() }),
    'health/get': async () =>
      (await import('./health.js')).getHealth(context, {
        nodes: parts.hierarchy?.nodes() ?? [],
        heartbeat: parts.lastHeartbeat(),
        isRunning: runner.current !== undefined,
      }),
    'category/list': async (params) => listCategories(context, params),
    'update/list': async (params) => listUpdates(context, params),
    'engine/handover': async ({ successor }) =>
      Promise.resolve({ isService: !parts.handOver(successor), run: runner.current?.Id ?? 0 }),
    'backup/begin': async (_params, request) => backups.begin(request),
    'backup/end': async (params) => backups.end(params),
    'store/check': async (params) => (await import('../repair/checkStore.js')).checkStore(context, params),
    'store/repair': async (params, request) =>
      once(params.requestId, async () => (await import('./store.js')).repairStore(context, params, request.signal)),
    'update/set': async (params) => ({
      updates: await updatesOf(context, await once(params.requestId, async () => setUpdates(context, params))),
    }),
    'message/list': async (params) => listMessages(context, params),
    'alert/list': async (params) => listAlerts(context, params, parts.hierarchy?.nodes()),
    'alert/set': async (params) => reported(once(params.requestId, async () => setAlert(context, params))),
    'sup/add': async (params) => reported(once(params.requestId, async () => addSoftwareUpdatePoint(context, params))),
    'sup/list': async (params) => listPoints(context, params, parts.hierarchy?.nodes()),
    'sup/set': async (params) => reported(once(params.requestId, async () => setSoftwareUpdatePoint(context, params))),
    'sup/remove': async (params) =>
      reported(once(params.requestId, async () => removeSoftwareUpdatePoint(context, params))),
    'catalog/export': async (params, request) =>
      once(params.requestId, async () => (await import('./catalog.js')).exportCatalog(parts, params, request)),
    'catalog/inspect': async (params, request) => (await import('./catalog.js')).inspectCatalog(parts, params, request),
    'catalog/import': async (params, request) =>
      renamed(once(params.requestId, async () => (await import('./catalog.js')).importCatalog(parts, params, request))),
    'source/test': async (params, request) =>
      (await import('./source.js')).testSiteSource(context, params, request.signal),
    'run/changes': async (params) => listRunChanges(context, params),
    'content/list': async (params) => (await import('./content.js')).listContent(context, params),
    'summarization/get': async () => getSummarization(context),
    'summarization/set': async (params) =>
      once(params.requestId, async () => setSummarization(context, params)).then(async () => ({
        ...(await getSummarization(context)),
        warnings: summarizationWarnings(context),
      })),
    'summarization/run': async (params) =>
      once(params.requestId, async () => runSummarization(context, params)).then(async () => getSummarization(context)),
    'content/save': async (params, request) =>
      once(params.requestId, async () => (await import('./content.js')).saveContent(context, params, request.signal)),
    // Never from a stored answer, which would hold the secret.
    'site/joinToken': async (params) => createJoinToken(parts, params),
    'site/revoke': async (params) => once(params.requestId, async () => revokeNode(parts, params)),
    'site/updateKey': async (params) => once(params.requestId, async () => updateKey(parts, params)),
    'site/tree': async () => siteTree(parts),
    'site/certificate': async () =>
      import('./siteCertificate.js').then(({ siteCertificate }) => siteCertificate(context)),
    'engine/stop': async () => {
      await runner.stop(new SyncError('EngineStopped', { run: runner.current?.Id ?? 0 }));
      await parts.maintainer.stop();
      parts.stop();
      return {};
    },
  };
}

/**
 * An engine that ends begins no run any more: the request is left unanswered to the next engine, once the connection
 * ends.
 */
async function unlessEnded<Result>(
  runner: SyncRunner,
  request: RequestContext,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!runner.isEnded) throw error;
    if (!request.closed.aborted)
      await new Promise((resolve) => request.closed.addEventListener('abort', resolve, { once: true }));
    throw new SyncError('Cancelled', { what: 'the start of a synchronization' }, { cause: error });
  }
}
