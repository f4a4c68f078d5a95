import type { EngineMethod } from '../contract/methods.js';
import { SyncError } from '../errors/SyncError.js';
import { describeSite } from '../site/describeSite.js';
import { getSummarization, runSummarization, setSummarization, summarizationWarnings } from '../state/summarization.js';
import { type Entry, type HandlerParts, shown } from './Handler.js';
import { listAlerts, removeAlerts, setAlert, switchAlerts } from './alerts.js';
import { listCategories } from './categories.js';
import { getComponent, setComponent } from './component.js';
import { startMaintenance } from './maintenance.js';
import { listMessages } from './messages.js';
import { listRunChanges } from './runChanges.js';
import { listRuns, startSync, stopRun, waitForRun, watchRun } from './runs.js';
import { addSiteSystem, setSiteSystem } from './siteSystemServers.js';
import { createJoinToken, revokeNode, serversOfSite, siteTree, updateKey } from './sites.js';
import {
  addSoftwareUpdatePoint,
  listPoints,
  removeSoftwareUpdatePoint,
  setSoftwareUpdatePoint,
} from './softwareUpdatePoints.js';
import { getStatus, type StatusSurroundings } from './status.js';
import { listStatusTokens, newStatusToken, removeStatusToken } from './statusTokens.js';
import { listUpdates, setUpdates, updatesOf } from './updates.js';

/** An engine that has just started may still be dialling its parent. */
const TRYING_MS = 5000;

/** Who answers what; all else that is fixed about a method the table of the contract says. */
export const handlers: { readonly [M in EngineMethod]: Entry<M> } = {
  'site/get': async ({ context }) => Promise.resolve(describeSite(context.site, context.version)),
  'component/get': getComponent,
  'component/set': setComponent,
  'sync/start': startSync,
  'run/list': listRuns,
  'run/wait': waitForRun,
  'run/stop': stopRun,
  'run/watch': watchRun,
  'run/changes': async ({ context }, params) => listRunChanges(context, params),
  'maintenance/start': startMaintenance,
  'status/get': async (parts) => getStatus(parts.context, surroundings(parts)),
  'health/get': {
    load: async () => {
      const { getHealth } = await import('./health.js');
      return async (parts) => {
        await parts.hierarchy?.settled(TRYING_MS);
        return getHealth(parts.context, surroundings(parts));
      };
    },
  },
  'report/get': {
    load: async () => {
      const { getReport } = await import('./report.js');
      return async (parts, params) => getReport(parts, params, surroundings(parts));
    },
  },
  'category/list': async ({ context }, params) => listCategories(context, params),
  'update/list': async ({ context }, params) => listUpdates(context, params),
  'update/set': shown({
    change: setUpdates,
    show: async ({ context }, kept) => ({ updates: await updatesOf(context, kept) }),
  }),
  'engine/handover': async ({ handOver, runner }, { successor }) =>
    Promise.resolve({ isService: !handOver(successor), run: runner.current?.Id ?? 0 }),
  'engine/stop': stopEngine,
  'backup/begin': async ({ backups }, _params, asked) => backups.begin(asked),
  'backup/end': async ({ backups }, params) => backups.end(params),
  'store/check': {
    load: async () => {
      const { checkStore } = await import('../repair/checkStore.js');
      return async ({ context }, params) => checkStore(context, params);
    },
  },
  'store/repair': { load: async () => (await import('./store.js')).repairStore },
  'message/list': async ({ context }, params) => listMessages(context, params),
  'alert/list': async ({ context, hierarchy }, params) => listAlerts(context, params, hierarchy?.nodes()),
  'componentStatus/list': { load: async () => (await import('./componentStatus.js')).listComponentStatus },
  'componentStatus/clear': { load: async () => (await import('./componentStatus.js')).clearComponentStatus },
  'maintenanceTask/list': { load: async () => (await import('./maintenanceTasks.js')).listMaintenanceTasks },
  'maintenanceTask/set': { load: async () => (await import('./maintenanceTasks.js')).setMaintenanceTasks },
  'statusRule/list': { load: async () => (await import('./statusRules.js')).listStatusRules },
  'statusRule/set': { load: async () => (await import('./statusRules.js')).setStatusRules },
  'statusRule/remove': { load: async () => (await import('./statusRules.js')).removeStatusRules },
  'alert/set': setAlert,
  'alert/switch': switchAlerts,
  'alert/remove': removeAlerts,
  'subscription/list': { load: async () => (await import('./subscriptions.js')).listSubscriptions },
  'subscription/add': { load: async () => (await import('./subscriptions.js')).addSubscription },
  'subscription/set': { load: async () => (await import('./subscriptions.js')).setSubscription },
  'subscription/remove': { load: async () => (await import('./subscriptions.js')).removeSubscriptions },
  'subscription/test': { load: async () => (await import('./testSubscription.js')).testSubscription },
  'notification/get': { load: async () => (await import('./notification.js')).getNotification },
  'notification/set': { load: async () => (await import('./notification.js')).setNotification },
  'sup/add': addSoftwareUpdatePoint,
  'sup/list': async ({ context, hierarchy }, params) => listPoints(context, params, hierarchy?.nodes()),
  'sup/set': setSoftwareUpdatePoint,
  'sup/remove': removeSoftwareUpdatePoint,
  'siteSystem/add': async (parts, params, asked) => addSiteSystem(await serversOfSite(parts, asked), params),
  'siteSystem/set': async (parts, params, asked) => setSiteSystem(await serversOfSite(parts, asked), params),
  'catalog/export': { load: async () => (await import('./catalog.js')).exportCatalog },
  'catalog/inspect': { load: async () => (await import('./catalog.js')).inspectCatalog },
  'catalog/import': { load: async () => (await import('./catalog.js')).importCatalog },
  'source/test': { load: async () => (await import('./source.js')).testSiteSource },
  'content/list': { load: async () => (await import('./content.js')).listContent },
  'content/save': { load: async () => (await import('./content.js')).saveContent },
  'summarization/get': async ({ context }) => getSummarization(context),
  'summarization/set': {
    change: async ({ context }, params, { keep }) => setSummarization(context, params, keep({})),
    show: async ({ context }) => ({ ...(await getSummarization(context)), warnings: summarizationWarnings(context) }),
  },
  'summarization/run': {
    change: async ({ context }, _params, { keep }) => runSummarization(context, keep({})),
    show: async ({ context }) => getSummarization(context),
  },
  'site/joinToken': createJoinToken,
  'database/key': { load: async () => (await import('./servers.js')).databaseKey },
  'database/updateKey': { load: async () => (await import('./servers.js')).updateDatabaseKey },
  'server/list': { load: async () => (await import('./servers.js')).listServers },
  'server/remove': { load: async () => (await import('./servers.js')).removeServer },
  'statusToken/new': newStatusToken,
  'statusToken/list': listStatusTokens,
  'statusToken/remove': removeStatusToken,
  'site/revoke': revokeNode,
  'site/updateKey': updateKey,
  'site/tree': siteTree,
  'site/certificate': { load: async () => (await import('./siteCertificate.js')).siteCertificate },
};

function surroundings({
  hierarchy,
  lastHeartbeat,
  runner,
}: HandlerParts): StatusSurroundings & { readonly isRunning: boolean } {
  return {
    nodes: hierarchy?.nodes() ?? [],
    heartbeat: lastHeartbeat(),
    isRunning: runner.current !== undefined,
  };
}

async function stopEngine({ runner, maintainer, stop }: HandlerParts): Promise<object> {
  await runner.stop(new SyncError('EngineStopped', { run: runner.current?.Id ?? 0 }));
  await maintainer.stop();
  stop();
  return {};
}
