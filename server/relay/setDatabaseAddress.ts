import type { SiteSetDatabaseAddressRequest, SiteSetDatabaseAddressResult } from '../contract/generated/types.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { realSealer } from '../platform/sealSecret.js';
import { readEngineRecord } from '../rpc/enginePlace.js';
import { fromResponseError } from '../rpc/errors.js';
import { realServiceDeps } from '../service/ServiceDeps.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { readHeartbeat } from '../site/heartbeatFile.js';
import { keepDatabaseAddress } from '../store/postgres/databaseAddress.js';
import { siteAtAddress } from '../store/postgres/sharedDatabase.js';
import { askUnderAccount } from './AccountRelay.js';
import type { EngineClient } from './EngineClient.js';
import { endIdleEngine } from './endIdleEngine.js';
import { endEngine } from './runningEngine.js';
import { refuseOtherSite, refuseUnshared } from './sameDatabase.js';

const METHOD = 'site/setDatabaseAddress';

/**
 * `site/setDatabaseAddress`: needs no engine, because with a password that has changed none can start. An idle engine
 * is ended, so that the next one takes the new address.
 * @throws SyncError DatabaseNotShared, DatabaseOfOtherSite, DatabaseHoldsNoSite, and those of reaching the database
 */
export async function setDatabaseAddress(
  { site, deps }: EngineClient,
  params: SiteSetDatabaseAddressRequest,
  say: (line: string) => void,
): Promise<SiteSetDatabaseAddressResult> {
  if (site.use.as === 'account')
    return askUnderAccount(site, { account: site.use.account, method: METHOD, params }, deps) as Promise<never>;
  const where = await verified(site, params.databaseAddress);
  if (params.whatIf === true) return { where, warnings: [] };
  await keepDatabaseAddress(site, params.databaseAddress, realSealer());
  const kept = await endOldEngine({ site, deps }, say);
  return { where, warnings: kept === undefined ? [] : [kept] };
}

/** Where the address leads: nothing is kept that does not open the database of this very site. */
async function verified(site: SiteFolder, address: string): Promise<string> {
  refuseUnshared(site);
  const found = await siteAtAddress(address);
  refuseOtherSite(found, site);
  return found.where;
}

/** Whether somebody keeps it running, with `serve` or as a service of the system: it is not ours to end. */
function isServed(site: SiteFolder): boolean {
  const beat = readHeartbeat(site.path);
  return beat?.isService === true && beat.processId === readEngineRecord(site)?.processId;
}

/** Gives why an engine goes on with the old address; undefined where none does. */
async function endOldEngine(
  { site, deps }: Pick<EngineClient, 'site' | 'deps'>,
  say: (line: string) => void,
): Promise<string | undefined> {
  const goesOn = (reason: string): string =>
    `The address is kept, but the engine of site ${site.siteCode} uses the old one until it is restarted: ${reason}`;
  if (isServed(site)) return goesOn('it is a service');
  const refused = (reason: string): SyncError => new SyncError('InvalidRequest', { method: METHOD, reason });
  try {
    await endIdleEngine({ site, deps, say, refused });
    return undefined;
  } catch (caught) {
    const known = caught instanceof SyncError ? caught : fromResponseError(caught, METHOD);
    // What it cannot ask its database any more it does not do either.
    if (!known.errorId.startsWith('Database')) return goesOn(String(known.data['reason'] ?? known.message));
  }
  try {
    await endEngine(site, realServiceDeps(say));
    return undefined;
  } catch (caught) {
    return goesOn(reasonOf(caught));
  }
}
