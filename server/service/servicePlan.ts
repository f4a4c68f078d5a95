import { SyncError } from '../errors/SyncError.js';
import { checkListenPlan } from '../downstream/port/listen.js';
import type { ListenPlan } from '../platform/ListenPlan.js';
import type { ServicePlan } from '../platform/service/ServicePlan.js';
import { findAccount } from '../platform/accounts/accounts.js';
import { filesOf } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { checkSiteCode } from '../site/siteCode.js';
import type { ServiceDeps } from './ServiceDeps.js';
import { readServiceRecord, type ServiceRecord } from '../site/ServiceRecord.js';

/**
 * The plan of a service that shall be installed. Without an account: on Windows SYSTEM, LOCAL SERVICE where the site
 * has operators; elsewhere whom the site folder belongs to.
 */
export async function plannedService(site: SiteFolder, wanted: WantedService, deps: ServiceDeps): Promise<ServicePlan> {
  if (wanted.port === undefined && saysHowToServe(wanted))
    throw new SyncError('InvalidRequest', {
      method: 'service/install',
      reason: '-ListenAddress, -AllowHttp, -RedirectContent and -AddressShare need -Port',
      reasonCli: '--host, --allow-http, --redirect-content and --address-share need --port',
    });
  const account = await findAccount(wanted.account ?? defaultAccount(site, deps), deps);
  refuseSilentLoss(wanted, account.id, readServiceRecord(site));
  return {
    ...basicPlan(site, deps),
    account,
    listen: listenPlan(wanted),
    ...allowing(wanted.allowAfterSyncCommand),
  };
}

function saysHowToServe({ host, allowHttp, redirectsContent, addressShare }: WantedService): boolean {
  return host !== undefined || allowHttp === true || redirectsContent === true || addressShare !== undefined;
}

/** Where others may put packages into the folder, on Windows an account that reaches nothing else. */
function defaultAccount(site: SiteFolder, { platform }: ServiceDeps): string {
  if (platform !== 'win32') return String(filesOf(site).lstatSync(site.path).uid);
  return site.operators.length > 0 ? 'LOCAL SERVICE' : 'SYSTEM';
}

/**
 * Operators can write `service.json`, so nothing is taken over from it; what it says must be given again, or something
 * else.
 */
function refuseSilentLoss(wanted: WantedService, accountId: string, before: ServiceRecord | undefined): void {
  const refuse = (reason: string): never => {
    throw new SyncError('InvalidRequest', { method: 'service/install', reason });
  };
  if (before?.listen !== undefined && wanted.port === undefined)
    refuse(
      `The service serves downstream servers on port ${String(before.listen.port)}. Give the port again, or 0 to ` +
        `serve nobody from now on`,
    );
  if (before !== undefined && before.accountId !== accountId && wanted.account === undefined)
    refuse(`The service runs as ${before.account}. Give that account again, or another one`);
}

/** What is asked of a service that shall be installed. Port 0, or none: it serves nobody. */
interface WantedService {
  readonly account?: string | undefined;
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly allowHttp?: boolean | undefined;
  readonly redirectsContent?: boolean | undefined;
  readonly addressShare?: number | undefined;
  readonly allowAfterSyncCommand?: boolean | undefined;
}

function listenPlan(wanted: WantedService): ListenPlan | undefined {
  const { port, host, allowHttp, redirectsContent, addressShare } = wanted;
  if (port === undefined || port === 0) return undefined;
  const plan = {
    port,
    host,
    ...(allowHttp === true ? { allowHttp } : {}),
    ...(redirectsContent === true ? { redirectsContent } : {}),
    addressShare,
  };
  checkListenPlan(plan);
  return plan;
}

function allowing(allows: boolean | undefined): Pick<ServicePlan, 'allowsAfterSyncCommand'> {
  return allows === true ? { allowsAfterSyncCommand: true } : {};
}

/** The plan of the service that is installed. @throws SyncError ServiceNotInstalled */
export function installedPlan(site: SiteFolder, deps: ServiceDeps): ServicePlan {
  const record = readServiceRecord(site);
  if (record === undefined) throw new SyncError('ServiceNotInstalled', { site: site.siteCode });
  return {
    ...basicPlan(site, deps),
    account: { name: record.account, id: record.accountId },
    listen: record.listen,
    ...allowing(record.allowsAfterSyncCommand),
  };
}

/**
 * An administrator acts on what stands in site.json, and operators can write there: only what is well-formed goes into
 * a registration.
 */
function basicPlan(site: SiteFolder, { platform, program, main }: ServiceDeps): Omit<ServicePlan, 'account'> {
  if (!GUID.test(site.siteGuid))
    throw new SyncError('SiteFolderInvalid', { path: site.path, reason: 'site.json has no GUID' });
  const isShared = platform !== 'win32' && site.operators.length > 0;
  const group = isShared ? { operatorGroup: filesOf(site).lstatSync(site.path).gid } : {};
  return {
    siteCode: checkSiteCode(site.siteCode),
    siteGuid: site.siteGuid,
    sitePath: site.path,
    program,
    main,
    ...group,
  };
}

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
