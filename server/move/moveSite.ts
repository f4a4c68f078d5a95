import type { SiteMove } from '../contract/generated/types.js';
import { withoutEngine } from '../repair/withoutEngine.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { databaseName } from '../site/describeSite.js';
import { decideMove, finishMove, withItsDatabase } from '../site/moveRecord.js';
import type { MoveWatch } from './copyStore.js';
import { type MadeCopy, makeCopy } from './makeCopy.js';
import { bytesUnder, keptFolder, sealsIn, sizeOfStore } from './moveFolders.js';
import { refuseMove, refuseRoom } from './refuseMove.js';

/** What a move works with. */
export interface MoveWork extends MoveWatch {
  readonly site: SiteFolder;
  /** The engine of the new database; undefined for sql.js. */
  readonly to: string | undefined;
  readonly isWhatIf: boolean;
  /** Ends the engine of the site, or says why it goes on. @throws SyncError MoveRefused */
  readonly endEngine: () => Promise<void>;
  /** Takes a line for whoever asked. */
  readonly report: (line: string) => void;
  readonly now: () => Date;
}

const OLD_BACKUPS =
  'Backups of the old database cannot be restored into this site folder any more. Make a new backup ' +
  '(Backup-CMSyncSite, configmgrsync backup).';

/**
 * Moves a site to a database of another engine. The copy is made beside the old database, compared with it and then
 * put in its place by one change of `site.json`. Killed before that, the site has its old database, and the next move
 * goes on with the copy; killed afterwards, whoever opens the site next ends the move.
 * @throws SyncError MoveRefused, MoveDiffers, StoreCorrupt, StoreWriteFailed, Cancelled, of the databases
 */
export async function moveSite(work: MoveWork): Promise<SiteMove> {
  refuseMove(work.site, work.to);
  refuseRoom(work.site, work.to);
  const from = work.site.database;
  if (work.isWhatIf) return describeMove(work, { from, size: sizeOfStore(work.site) });
  await work.endEngine();
  return withoutEngine(work.site, async (_place, generation) => {
    // It waited for the lock: somebody else may have moved it.
    const site = withItsDatabase(work.site);
    refuseMove(site, work.to);
    const copy = await makeCopy({ ...work, site }, generation);
    await decideMove(site, {
      database: work.to,
      moving: { generation: copy.generation, put: copy.put, away: sealsIn(site.files, site.path) },
      kept: { ...(site.database === undefined ? {} : { database: site.database }), since: work.now().toISOString() },
    });
    await finishMove(site);
    return describeMove(work, { from: site.database, copy, size: bytesUnder(site.files, keptFolder(site)) });
  });
}

interface Moved {
  readonly from: string | undefined;
  /** Bytes that the old database takes. */
  readonly size: number;
  /** Undefined where nothing was changed. */
  readonly copy?: MadeCopy;
}

function describeMove({ site, to, isWhatIf }: MoveWork, { from, size, copy }: Moved): SiteMove {
  const kept =
    `The old database is kept in ${keptFolder(site)} and takes ${(size / 1_000_000).toFixed(1)} MB. Remove it once ` +
    'you have seen the site work (Remove-CMSyncOldDatabase, configmgrsync site move --drop-old).';
  return {
    SiteCode: site.siteCode,
    SiteName: site.siteName,
    InstallDir: site.path,
    OldDatabase: databaseName(from),
    Database: databaseName(to),
    Documents: copy?.documents ?? null,
    Rows: copy?.rows ?? null,
    Digest: copy?.digest ?? null,
    OldDatabaseSize: size,
    Resumed: copy?.isResumed === true,
    WhatIf: isWhatIf,
    Warnings: [...(copy?.remarks ?? []), OLD_BACKUPS, ...(isWhatIf ? [] : [kept])],
  };
}
