import { SyncError } from '../../errors/SyncError.js';
import { isOutOfReach } from '../../platform/files/fileTrust.js';
import type { StoreFiles } from '../StorePlace.js';

/**
 * SQLite opens its files by their paths and follows links there: whoever could exchange one would lead this account to
 * another file. On Windows access lists say who can, and those of a site are looked at before.
 * @throws SyncError DatabaseFolderShared
 */
export function refuseReachable(files: StoreFiles, folder: string, userId = process.geteuid?.()): void {
  if (userId === undefined || isOutOfReach(files.realpathSync(folder), { calls: files, userId })) return;
  throw new SyncError('DatabaseFolderShared', { path: folder });
}
