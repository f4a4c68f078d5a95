import path from 'node:path';
import type { SiteAttachRequest } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { realSealer } from '../platform/sealSecret.js';
import { SharedKeys, type SharedSite } from '../servers/SharedKeys.js';
import type { SiteEnvironment, SiteFolder } from '../site/SiteFolder.js';
import { createDescribedSite, madeByThisRequest } from '../site/createSite.js';
import { DatabaseSeal } from '../site/databaseKey.js';
import { siteFolderName } from '../site/siteCode.js';
import { siteRoot } from '../site/siteRoot.js';
import { writeSecrets } from '../site/siteSecrets.js';
import { keepDatabaseAddress } from '../store/postgres/databaseAddress.js';
import { type SharedDatabase, withSharedDatabase } from '../store/postgres/sharedDatabase.js';

/**
 * Makes a further server of a site in PostgreSQL: a folder that appears as a whole, with what is the site's out of the
 * database, and a pipe and a secret of its own.
 * @throws SyncError of the database and of making folders; DatabaseKeyInvalid, DatabaseKeyWrong, ServerExists
 */
export async function attachServer(request: SiteAttachRequest, environment: SiteEnvironment): Promise<SiteFolder> {
  return withSharedDatabase(request.databaseAddress, async (database) => {
    const seal = new DatabaseSeal(request.databaseKey, database.siteGuid);
    const keys = new SharedKeys({
      rows: database.keys,
      seal,
      sealer: realSealer(),
      now: () => environment.now(),
      self: '',
    });
    const shared = await keys.site();
    if (shared === undefined)
      throw new SyncError('DatabaseHoldsNoSite', {
        where: database.where,
        reason: 'no engine of the site has shared its keys there yet',
      });
    const target = path.resolve(request.path ?? path.join(siteRoot(environment), siteFolderName(shared)));
    const earlier = await madeByThisRequest(target, request.requestId);
    if (earlier !== undefined) return earlier;
    const host = request.serverName ?? environment.serverName;
    refuseTwice(host, shared, database);
    const { requestId, operators = [] } = request;
    const description = { ...shared, requestId, operators, database: 'postgres', host };
    const content = async (made: SiteFolder): Promise<void> => {
      await keepDatabaseAddress(made, request.databaseAddress, realSealer());
      await writeSecrets(made, { databaseKey: request.databaseKey.trim() }, realSealer());
      await keys.take(made);
    };
    return createDescribedSite({ target, description, content, account: request.account }, environment);
  });
}

function refuseTwice(host: string, { siteCode }: SharedSite, { servers }: SharedDatabase): void {
  const same = servers.find((server) => server.host.toLowerCase() === host.toLowerCase());
  if (same !== undefined) throw new SyncError('ServerExists', { site: siteCode, name: same.host });
}
