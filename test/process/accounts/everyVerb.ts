import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type EngineMethod, METHODS, type RequestOf } from '../../../server/contract/methods.js';
import type { Session } from '../Session.js';

/** What is asked in one round, and what it comes to where that is not 'done'. */
interface Asked<M extends EngineMethod> {
  readonly params: Omit<RequestOf<M>, 'requestId'>;
  readonly comesTo?: string;
}

/** What an account works with: a folder of its own, and the run it has started. */
export interface Worker {
  readonly session: Session;
  readonly folder: string;
}

/** Asked only by a service of the engine before it, and what ends the engine for everybody. */
type Apart = 'engine/handover' | 'engine/stop';

/**
 * Every request that an engine answers, in an order in which each has something to do. A method of the contract that is
 * missing here does not compile.
 */
const verbs = ({ session, folder }: Worker): { readonly [M in Exclude<EngineMethod, Apart>]: Asked<M> } => {
  const { name } = session;
  const server = `${name}.test`;
  const file = join(folder, 'out.cab');
  return {
    'site/get': { params: {} },
    'component/set': { params: { addProduct: [`Product of ${name}`], allowPending: true, proxyPassword: '' } },
    'component/get': { params: {} },
    'source/test': { params: {} },
    'sync/start': { params: { join: true, requester: name } },
    'run/watch': { params: { id: 1 } },
    'run/wait': { params: { id: 1 } },
    'run/stop': { params: { id: 1 } },
    'run/list': { params: {} },
    'run/changes': { params: { id: 1 } },
    'status/get': { params: {} },
    'health/get': { params: {} },
    'category/list': { params: {} },
    'update/list': { params: {} },
    'update/set': { params: { wildcard: true, name: '*', customSeverity: 'Low' } },
    'content/list': { params: { wildcard: true, names: ['*'] } },
    'content/save': { params: { packageName: name, wildcard: true, names: ['*'], location: folder } },
    'backup/begin': { params: {} },
    'backup/end': { params: { id: 'none' } },
    'store/check': { params: { quick: true } },
    'store/repair': { params: {} },
    'maintenance/start': { params: { whatIf: true } },
    'message/list': { params: {} },
    'alert/list': { params: {} },
    'componentStatus/list': { params: {} },
    'componentStatus/clear': { params: { componentName: 'SMS_WSUS_SYNC_MANAGER', severity: 'All' } },
    'maintenanceTask/list': { params: {} },
    'maintenanceTask/set': { params: { name: 'DeleteAgedLogData', enabled: true } },
    'statusRule/list': { params: {} },
    'statusRule/set': { params: { name, isNew: true, reportToEventLog: true } },
    'statusRule/remove': { params: { name } },
    'alert/set': { params: { wildcard: true, name: 'Disk nearly full*', comment: name } },
    'alert/switch': { params: { wildcard: true, name: '*', enabled: true } },
    'alert/remove': { params: { name }, comesTo: 'AlertNotFound' },
    'subscription/add': { params: { name, emailAddresses: ['a@b.test'] } },
    'subscription/set': { params: { name, newName: `${name} 2` } },
    'subscription/list': { params: {} },
    'subscription/test': { params: { name: `${name} 2` } },
    'subscription/remove': { params: { name: `${name} 2` } },
    'notification/set': { params: { digestMinutes: 5 } },
    'notification/get': { params: {} },
    'summarization/get': { params: {} },
    'summarization/set': { params: { interval: 2, unit: 'Hours' } },
    'summarization/run': { params: {} },
    'sup/add': { params: { serverName: server } },
    'sup/set': { params: { serverName: server, httpPort: 8530 } },
    'sup/list': { params: {} },
    'sup/remove': { params: { serverName: server } },
    'siteSystem/add': { params: { serverName: server } },
    'siteSystem/set': { params: { serverName: server, fdmOperation: true } },
    'site/tree': { params: {} },
    'report/get': { params: { since: '2026-01-01T00:00:00Z', format: 'Text' } },
    'site/certificate': { params: {}, comesTo: 'SiteCertificateMissing' },
    'site/joinToken': { params: {}, comesTo: 'ListenerClosed' },
    'database/key': { params: {}, comesTo: 'DatabaseNotShared' },
    'database/updateKey': { params: {}, comesTo: 'DatabaseNotShared' },
    'server/list': { params: {} },
    'server/remove': { params: { serverName: server }, comesTo: 'DatabaseNotShared' },
    'statusToken/new': { params: { name } },
    'statusToken/list': { params: {} },
    'statusToken/remove': { params: { name } },
    'site/revoke': { params: { siteCode: 'XYZ' }, comesTo: 'ChildSiteNotFound' },
    'site/updateKey': { params: {}, comesTo: 'SiteHasNoParent' },
    'catalog/export': { params: { path: file, force: true } },
    'catalog/inspect': { params: { path: file } },
    'catalog/import': { params: { path: file, force: true } },
  };
};

/** Asks everything as one account; gives what did not come to what it should. */
export async function askEverything(worker: Worker): Promise<readonly string[]> {
  const wrong: string[] = [];
  const table = verbs(worker);
  for (const method of Object.keys(table) as (keyof typeof table)[]) {
    const { params, comesTo = 'done' } = table[method] as Asked<EngineMethod>;
    const outcome = await worker.session.outcome(method, { ...params, ...requestIdOf(method) });
    if (outcome !== comesTo) wrong.push(`${worker.session.name}: ${method}: ${outcome}`);
  }
  return wrong;
}

function requestIdOf(method: EngineMethod): { requestId?: string } {
  // A package that is only looked at has an id too: its copy in the site folder is named by it.
  return METHODS[method].changesState || method === 'catalog/inspect' ? { requestId: randomUUID() } : {};
}
