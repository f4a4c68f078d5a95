import type { OldDatabase } from '../contract/generated/types.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { removeWithRetry } from '../platform/files/heldFiles.js';
import { withoutEngine } from '../repair/withoutEngine.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { databaseName } from '../site/describeSite.js';
import { forgetKept, withItsDatabase } from '../site/moveRecord.js';
import { bytesUnder, copyFolder, keptFolder } from './moveFolders.js';
import { readCopyNote } from './copyNote.js';
import { removeCopy } from './removeCopy.js';
import { removeTables } from './serverDatabase.js';

/** What removing works with. */
interface RemovalWork {
  readonly site: SiteFolder;
  readonly isWhatIf: boolean;
  /** True: tables on a server are left there, and forgotten. */
  readonly isLeft: boolean;
  /** Ends the engine of the site, or says why it goes on. @throws SyncError MoveRefused */
  readonly endEngine: () => Promise<void>;
}

/**
 * Removes the database that a move has left, while the engine works, or the copy of a move that was interrupted, for
 * which the engine is ended. @throws SyncError OldDatabaseMissing, MoveRefused, StoreWriteFailed,
 * OldDatabaseNotRemoved, ContradictoryParameters
 */
export async function removeOldDatabase(work: RemovalWork): Promise<OldDatabase> {
  const { isWhatIf, isLeft } = work;
  const site = withItsDatabase(work.site);
  const { kept, moving } = site;
  if (site.use.as === 'guest') throw new SyncError('SiteAccountNeeded', { site: site.siteCode });
  if (moving !== undefined)
    throw new SyncError('MoveRefused', {
      site: site.siteCode,
      reason: 'its last move is not finished; start its engine once',
    });
  const isKept = kept !== undefined;
  const folder = isKept ? keptFolder(site) : copyFolder(site);
  if (!isKept && !site.files.existsSync(folder)) throw new SyncError('OldDatabaseMissing', { site: site.siteCode });
  const engine = isKept ? kept.database : readCopyNote(site)?.to;
  if (isLeft && engine !== 'postgres')
    throw new SyncError('ContradictoryParameters', {
      reason: `What a move of site ${site.siteCode} has left is in its folder, and nothing is left on a server`,
    });
  const size = kept?.server?.size ?? bytesUnder(site.files, folder);
  if (!isWhatIf) {
    if (isKept) await removeKept(site, isLeft);
    else await removeInterrupted(work);
  }
  return {
    SiteCode: site.siteCode,
    Path: kept?.server?.where ?? folder,
    Size: size,
    Database: isKept ? databaseName(kept.database) : null,
    Since: kept?.since ?? null,
    Left: isLeft,
    WhatIf: isWhatIf,
  };
}

/** The folder first: what `site.json` names must be there, or be looked for again. */
async function removeKept(site: SiteFolder, isLeft: boolean): Promise<void> {
  const folder = keptFolder(site);
  if (site.kept?.database === 'postgres') await removeTables(site, isLeft);
  try {
    await removeWithRetry(site.files, folder);
  } catch (error) {
    throw new SyncError('StoreWriteFailed', { path: folder, reason: reasonOf(error) }, { cause: error });
  }
  await forgetKept(site);
}

async function removeInterrupted({ site, endEngine, isLeft }: RemovalWork): Promise<void> {
  await endEngine();
  await withoutEngine(site, async () => removeCopy(withItsDatabase(site), isLeft));
}
