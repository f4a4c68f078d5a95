import { removeWithRetry } from '../platform/files/heldFiles.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { readCopyNote } from './copyNote.js';
import { copyFolder } from './moveFolders.js';
import { removeTables } from './serverDatabase.js';

/**
 * Removes the copy of a move that has not been decided, wherever it is. `isLeft`: what is on a server stays there.
 * @throws SyncError OldDatabaseNotRemoved
 */
export async function removeCopy(site: SiteFolder, isLeft = false): Promise<void> {
  // The note last: it says where the rest is.
  if (readCopyNote(site)?.to === 'postgres') await removeTables(site, isLeft);
  await removeWithRetry(site.files, copyFolder(site));
}
