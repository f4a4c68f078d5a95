import path from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import { reasonAgainstRoom } from '../platform/files/room.js';
import { isNodeWithSqlite, NEEDED } from '../platform/nodeWithSqlite.js';
import { readServiceRecord } from '../site/ServiceRecord.js';
import { SITE_FILES, type SiteFolder } from '../site/SiteFolder.js';
import { reading } from '../store/fileCalls.js';
import { loadNodeSqlite } from '../store/sqlite/nodeSqlite.js';
import { refuseNetworkShare } from '../store/sqlite/refuseNetworkShare.js';
import { refuseReachable } from '../store/sqlite/refuseReachable.js';
import type { MovedSize } from './moveFolders.js';
import { refuseServer } from './serverDatabase.js';

/** A file of SQLite takes six times what the packed files of sql.js take, and more while it is written. */
const UNPACKED = 7;

/** Where a site is to have its database. */
export interface MoveTarget {
  /** Its engine; undefined for sql.js. */
  readonly to: string | undefined;
  /** Of a database in PostgreSQL. Holds a password. */
  readonly address?: string | undefined;
}

/** Why a site is not moved, before anything is changed. @throws SyncError MoveRefused, of the new database */
export async function refuseMove(site: SiteFolder, { to, address }: MoveTarget): Promise<void> {
  const refused = (reason: string): SyncError => new SyncError('MoveRefused', { site: site.siteCode, reason });
  if (site.use.as === 'guest') throw new SyncError('SiteAccountNeeded', { site: site.siteCode });
  if (site.moving !== undefined) throw refused('an earlier move is not finished; start its engine once');
  if (site.database === to) throw refused('it has this kind of database already');
  if (site.kept !== undefined)
    throw refused(
      'the old database of its last move is still kept; remove that first (Remove-CMSyncOldDatabase, configmgrsync ' +
        'site move --drop-old)',
    );
  if (to === 'sqlite') refuseFile(site, refused);
  if (to === 'postgres') await refuseServer(site, address ?? '');
}

/** Both databases are there until the old one is removed. @throws SyncError MoveRefused */
export function refuseRoom(site: SiteFolder, to: string | undefined, { database, documents }: MovedSize): void {
  // How much room a server has it tells when it is full.
  if (to === 'postgres') return;
  const grows = to === 'sqlite' && site.database === undefined;
  const reason = reasonAgainstRoom(site.files, site.path, documents + database * (grows ? UNPACKED : 1));
  if (reason !== undefined) throw new SyncError('MoveRefused', { site: site.siteCode, reason });
}

/** What opening a file of SQLite there would refuse. */
function refuseFile(site: SiteFolder, refused: (reason: string) => SyncError): void {
  loadNodeSqlite(site.siteCode);
  refuseService(site, refused);
  if (site.operators.length > 0)
    throw refused('it has operators, and only the account of a site may change a folder with a file of SQLite');
  const folder = path.join(site.path, SITE_FILES.database);
  reading(folder, () => refuseNetworkShare(site.files, folder));
  reading(folder, () => refuseReachable(site.files, folder));
}

/** It would start no more, and nobody would be told. */
function refuseService(site: SiteFolder, refused: (reason: string) => SyncError): void {
  const versions = readServiceRecord(site)?.versions;
  if (versions === undefined || isNodeWithSqlite(versions)) return;
  throw refused(
    `its service ran with Node.js ${versions.node} when it was installed, and a file of SQLite needs ${NEEDED}; ` +
      'install the service again with such a Node.js first (Install-CMSyncService, configmgrsync service install)',
  );
}

/** What to know of the service of a site that has moved; undefined for nothing. */
export function serviceWarning(site: SiteFolder, to: string | undefined): string | undefined {
  const record = to === 'sqlite' ? readServiceRecord(site) : undefined;
  if (record === undefined || record.versions !== undefined) return undefined;
  return (
    `The service ${record.service} was installed by an earlier version, and it is not known with which Node.js. It ` +
    `needs ${NEEDED} now: start it and see that it runs, or install it again.`
  );
}
