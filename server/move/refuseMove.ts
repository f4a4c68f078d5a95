import path from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import { plainFiles } from '../platform/files/folderFiles.js';
import { reasonAgainstRoom } from '../platform/files/room.js';
import { SITE_FILES, type SiteFolder } from '../site/SiteFolder.js';
import { sqlitePlaceCheck } from '../store/sqlite/sqlitePlaceCheck.js';
import { bytesUnder } from './moveFolders.js';

/** A file of SQLite takes so many times what the files of sql.js take, which are packed (docs/storage.md). */
const UNPACKED = 5;

/** Why a site is not moved, before anything is changed. @throws SyncError MoveRefused, of the new database */
export function refuseMove(site: SiteFolder, to: string | undefined): void {
  const refused = (reason: string): SyncError => new SyncError('MoveRefused', { site: site.siteCode, reason });
  if (site.use.as === 'guest') throw new SyncError('SiteAccountNeeded', { site: site.siteCode });
  if (site.moving !== undefined) throw refused('an earlier move is not finished; start its engine once');
  if (site.database === to) throw refused('it has this kind of database already');
  if (site.kept !== undefined)
    throw refused(
      'the old database of its last move is still kept; remove that first (Remove-CMSyncOldDatabase, configmgrsync ' +
        'site move --drop-old)',
    );
  if (to === 'sqlite') sqlitePlaceCheck(site)(path.dirname(site.path), plainFiles);
}

/** Both databases are there until the old one is removed. @throws SyncError MoveRefused */
export function refuseRoom(site: SiteFolder, to: string | undefined): void {
  const database = bytesUnder(site.files, path.join(site.path, SITE_FILES.database));
  const documents = bytesUnder(site.files, path.join(site.path, SITE_FILES.documents));
  const reason = reasonAgainstRoom(site.files, site.path, documents + database * (to === 'sqlite' ? UNPACKED : 1));
  if (reason !== undefined) throw new SyncError('MoveRefused', { site: site.siteCode, reason });
}
