import type { StoreRepairRequest, StoreRepairResult } from '../contract/generated/types.js';
import { describedMethod } from '../contract/methods.js';
import { SyncError } from '../errors/SyncError.js';
import { readServiceRecord } from '../site/ServiceRecord.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { withItsDatabase } from '../site/moveRecord.js';
import { askUnderAccount } from './AccountRelay.js';
import type { EngineClient, RequestOptions } from './EngineClient.js';

/**
 * Sends a request to the engine; the files of one about a package are carried here, and one about the health of the
 * store is answered here when damage keeps every engine from
 * starting.
 */
export async function forwardRequest(
  client: EngineClient,
  request: { method: string; params: object },
  options: RequestOptions = {},
): Promise<unknown> {
  const { method, params } = request;
  const described = describedMethod(method);
  if (described?.carriesPackage === true)
    return (await import('./forwardPackage.js')).forwardPackage(client, request, options);
  try {
    return await client.forward(method, params, options);
  } catch (caught) {
    if (!(caught instanceof SyncError) || caught.errorId !== 'StoreCorrupt' || described?.isAnsweredOffline !== true)
      throw caught;
    // It may have been moved since this session opened it.
    const site = withItsDatabase(client.site);
    // Then it is a file of the folder: what is in PostgreSQL is not looked at without an engine.
    if (site.database === 'postgres') throw caught;
    const { use, siteCode } = site;
    if (use.as === 'account') return askUnderAccount(site, { account: use.account, method, params }, client.deps);
    if (use.as === 'guest') throw new SyncError('SiteAccountNeeded', { site: siteCode });
    // Loaded late: a healthy site never needs it.
    const { checkOffline, mendOffline } = await import('../repair/offlineStore.js');
    if (method === 'store/check')
      return checkOffline(site, params).catch((error: unknown) => {
        throw isRunning(error, site) ? caught : error;
      });
    const asked = params as StoreRepairRequest;
    // An engine that runs has found that nothing but this helps, and has the files open.
    if (asked.rebuild === true) await letGo(client);
    const mended = await mendOffline(site, asked);
    // Nothing is rebuilt twice.
    const rest = { ...params, rebuild: undefined };
    const result = (await client.forward(method, rest, options)) as StoreRepairResult;
    return { ...result, ...mended };
  }
}

/** True where the engine that found the damage in its file has the site still. */
function isRunning(error: unknown, site: SiteFolder): boolean {
  return site.database !== undefined && error instanceof SyncError && error.errorId === 'EngineUnreachable';
}

/** Longest wait for an engine that has a run to end. */
const END_SECONDS = 30;

/** Ends the engine of a site where one runs. @throws SyncError EngineUnreachable where it is a service */
async function letGo({ site, deps }: EngineClient): Promise<void> {
  const { connectRunningEngine } = await import('./connectEngine.js');
  const connection = await connectRunningEngine(site, deps);
  if (connection === undefined) return;
  connection.rpc.end();
  if (readServiceRecord(site) !== undefined)
    throw new SyncError('EngineUnreachable', { site: site.siteCode, reason: SERVICE_RUNS });
  await (await import('./runningEngine.js')).endEngine(site, { ...deps, endSeconds: END_SECONDS });
}

const SERVICE_RUNS =
  'its service has the database open; stop it first (Stop-CMSyncService, configmgrsync service stop)';
