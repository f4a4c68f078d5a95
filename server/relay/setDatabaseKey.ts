import type { SiteSetDatabaseKeyRequest, SiteSetDatabaseKeyResult } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { realSealer } from '../platform/sealSecret.js';
import { DatabaseSeal } from '../site/databaseKey.js';
import { useDatabaseKey } from '../site/keptDatabaseKeys.js';
import { readSecret } from '../site/siteSecrets.js';
import { withSharedDatabase } from '../store/postgres/sharedDatabase.js';
import { SITE_ROW } from '../store/SharedRows.js';
import { askUnderAccount } from './AccountRelay.js';
import type { EngineClient } from './EngineClient.js';
import { refuseOtherSite, refuseUnshared } from './sameDatabase.js';

const METHOD = 'site/setDatabaseKey';

/**
 * `site/setDatabaseKey`: keeps the key in the folder of this server. An engine that runs takes it at once, and none is
 * needed. @throws SyncError DatabaseNotShared, DatabaseKeyInvalid, DatabaseKeyWrong, and those of reaching the database
 */
export async function setDatabaseKey(
  { site, deps }: EngineClient,
  params: SiteSetDatabaseKeyRequest,
): Promise<SiteSetDatabaseKeyResult> {
  if (site.use.as === 'account')
    return askUnderAccount(site, { account: site.use.account, method: METHOD, params }, deps) as Promise<never>;
  refuseUnshared(site);
  const seal = new DatabaseSeal(params.databaseKey, site.siteGuid);
  const address = (await readSecret(site, 'databaseAddress', realSealer())) ?? '';
  return withSharedDatabase(address, async (database) => {
    refuseOtherSite(database, site);
    const { where, keys, tellKeys } = database;
    const row = (await keys.all()).get(SITE_ROW);
    if (row === undefined)
      throw new SyncError('DatabaseHoldsNoSite', {
        where,
        reason: 'no engine of the site has shared its keys there yet',
      });
    seal.open(SITE_ROW, row);
    if (params.whatIf === true) return { where };
    await useDatabaseKey(site, params.databaseKey.trim(), realSealer());
    await tellKeys();
    return { where };
  });
}
