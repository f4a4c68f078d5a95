import { SyncError } from '../../errors/SyncError.js';
import { removeAfterFailure } from '../../platform/files/heldFiles.js';
import { removeClaims, writeClaim } from '../claimFile.js';
import type { Store, StoreOptions } from '../Store.js';
import { CommitWitness } from './CommitWitness.js';
import { openPostgresStore } from './openPostgresStore.js';

/**
 * Opens the store of a site folder whose database is in PostgreSQL. Its claim in the database folder shows the
 * processes of this machine which engine has the site.
 * @throws SyncError DatabaseAddressInvalid, SecretSealFailed, StoreWriteFailed, StoreSuperseded, and of the database
 */
export async function openSitePostgres(options: StoreOptions): Promise<Store> {
  const { place, server, files, report, verifyHighest } = options;
  if (server === undefined)
    throw new SyncError('InternalError', { where: 'the database', reason: 'its address is not known here' });
  const claim = writeClaim(options);
  try {
    await verifyHighest?.();
    const { siteCode, self, clock, random, isThere } = server;
    const address = await server.address();
    const store = await openPostgresStore({
      address,
      siteCode,
      siteGuid: place.siteGuid,
      isThere,
      self,
      clock,
      random,
      log: report,
      witness: new CommitWitness(options, report),
    });
    removeClaims(options, report);
    return store;
  } catch (error) {
    removeAfterFailure(files, claim);
    throw error;
  }
}
