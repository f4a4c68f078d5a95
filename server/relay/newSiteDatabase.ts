import type { SiteNewRequest } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { realSealer } from '../platform/sealSecret.js';
import type { SiteFolder } from '../site/SiteFolder.js';

/** What is done about the database of a new site while its folder is made. */
export interface NewSiteDatabase {
  /** Looks whether the database can be there; `folder`: in which the site is made. Nothing is changed. */
  readonly check?: (folder: string, files: FolderFiles) => void | Promise<void>;
  /** Takes the database for the site, whose folder is not in its place yet. */
  readonly content?: (made: SiteFolder) => Promise<void>;
  /** Gives back what `content` took; called where the site could not be made after all. */
  readonly takeBack?: () => Promise<void>;
}

/**
 * What the database that was chosen for a new site needs; its code is loaded here.
 * @throws SyncError DatabaseEngineMissing, DatabaseAddressInvalid, ContradictoryParameters
 */
export async function newSiteDatabase(request: SiteNewRequest): Promise<NewSiteDatabase> {
  const { database, databaseAddress } = request;
  if (database !== 'Postgres' && databaseAddress !== undefined)
    throw new SyncError('ContradictoryParameters', {
      reason: 'The address of a database is for a site whose database is in PostgreSQL',
    });
  if (database === 'Sqlite') {
    const { sqlitePlaceCheck } = await import('../store/sqlite/sqlitePlaceCheck.js');
    return { check: sqlitePlaceCheck(request) };
  }
  return database === 'Postgres' ? inPostgres(databaseAddress ?? '') : {};
}

async function inPostgres(address: string): Promise<NewSiteDatabase> {
  const { keepDatabaseAddress } = await import('../store/postgres/databaseAddress.js');
  const { checkNewDatabase, claimNewDatabase, giveBackDatabase } = await import('../store/postgres/newPostgresSite.js');
  let claimedBy: string | undefined;
  return {
    check: async () => checkNewDatabase(address),
    content: async (made) => {
      await keepDatabaseAddress(made, address, realSealer());
      await claimNewDatabase(address, made.siteGuid);
      claimedBy = made.siteGuid;
    },
    takeBack: async () => {
      if (claimedBy !== undefined) await giveBackDatabase(address, claimedBy);
    },
  };
}
