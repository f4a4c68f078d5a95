import { SyncError } from '../../errors/SyncError.js';
import { isSafePlace } from '../../platform/files/fileTrust.js';
import type { StoreFiles } from '../StorePlace.js';
import { reading } from '../fileCalls.js';
import { loadNodeSqlite } from './nodeSqlite.js';
import { refuseNetworkShare } from './refuseNetworkShare.js';

/** A site that is to be made. */
interface WantedSite {
  readonly siteCode: string;
  readonly operators?: readonly string[] | undefined;
  readonly account?: string | undefined;
}

/**
 * Looks whether a new site can keep its database in a file of SQLite; gives what looks at the folder in which it is
 * made.
 * @throws SyncError DatabaseEngineMissing, ContradictoryParameters
 */
export function sqlitePlaceCheck(wanted: WantedSite): (folder: string, files: StoreFiles) => void {
  loadNodeSqlite(wanted.siteCode);
  if ((wanted.operators ?? []).length > 0)
    throw new SyncError('ContradictoryParameters', {
      reason:
        'A site whose database is a file of SQLite has no operators, because only its account may change its folder',
    });
  return (folder, files) => {
    const real = reading(folder, () => files.realpathSync(folder));
    reading(folder, () => refuseNetworkShare(files, real));
    const userId = process.geteuid?.();
    // Another account is looked at when its engine opens the site.
    if (userId === undefined || wanted.account !== undefined) return;
    if (!reading(folder, () => isSafePlace(real, { calls: files, userId })))
      throw new SyncError('DatabaseFolderShared', { path: folder });
  };
}
