import { reasonOf, SyncError } from '../errors/SyncError.js';
import { realSealer } from '../platform/sealSecret.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { hasSecret, writeSecrets } from '../site/siteSecrets.js';
import { describeServer } from '../store/SharedStore.js';
import type { Store } from '../store/Store.js';
import { describeAddress, parsePostgresAddress } from '../store/postgres/PostgresAddress.js';
import { keptDatabaseAddress } from '../store/postgres/databaseAddress.js';
import { checkNewDatabase, giveBackDatabase } from '../store/postgres/newPostgresSite.js';
import { readCopyNote } from './copyNote.js';

/** A server that was heard of so long ago, in ms, is not at work. */
const SILENT = 60_000;

/** The database on a server, as messages name it. @throws SyncError DatabaseAddressInvalid */
export function databaseAt(address: string): string {
  return describeAddress(parsePostgresAddress(address));
}

/** The database on a server that a site has. @throws SyncError DatabaseAddressInvalid, SecretSealFailed */
export async function ownDatabase(site: SiteFolder): Promise<string> {
  return databaseAt(await keptDatabaseAddress(site, realSealer()));
}

/**
 * Looks whether a site can move to a database on a server: an empty one, or that of the copy that is continued.
 * @throws SyncError MoveRefused, DatabaseOfOtherSite, DatabaseAddressInvalid, and those of reaching it
 */
export async function refuseServer(site: SiteFolder, address: string): Promise<void> {
  const where = databaseAt(address);
  const note = readCopyNote(site);
  if (note?.to === 'postgres' && note.where === where) return;
  try {
    await checkNewDatabase(address);
  } catch (error) {
    if (!(error instanceof SyncError) || error.data['site'] !== site.siteGuid) throw error;
    throw new SyncError(
      'MoveRefused',
      { site: site.siteCode, reason: `${where} holds tables of this site that no interrupted move left; remove them` },
      { cause: error },
    );
  }
}

/** Nobody else may write to what is copied. Gives the servers that share it and are not at work. */
export async function refuseShared(site: SiteFolder, { shared }: Store): Promise<readonly string[]> {
  if (shared === undefined) return [];
  const others = (await shared.servers()).filter(({ id }) => id !== shared.role.self.id);
  const working = others.filter(({ heartbeat, silence }) => heartbeat > 0 && silence < SILENT);
  if (working.length === 0 && shared.role.standing.role === 'Owner') return others.map(({ host }) => host);
  const names = working.map(describeServer).join(', ');
  throw new SyncError('MoveRefused', {
    site: site.siteCode,
    reason: `other servers use its database${names === '' ? '' : ` (${names})`}; stop them first`,
  });
}

/**
 * Nobody writes to the old database from here on, also no server that was started meanwhile or is started later; where
 * the move fails after all, this one has it again. @throws SyncError MoveRefused
 */
export async function leaveShared(site: SiteFolder, store: Store): Promise<void> {
  await refuseShared(site, store);
  if ((await store.shared?.leave()) !== false) return;
  throw new SyncError('MoveRefused', {
    site: site.siteCode,
    reason: 'another server has taken it over meanwhile; stop that first',
  });
}

/**
 * Removes the tables of a site from the database on a server whose address it keeps, and forgets that. Never those that
 * it uses. `isLeft`: they stay there. @throws SyncError OldDatabaseNotRemoved
 */
export async function removeTables(site: SiteFolder, isLeft = false): Promise<void> {
  if (site.database === 'postgres')
    throw new SyncError('InternalError', { where: 'the move', reason: 'the site uses these tables' });
  if (!hasSecret(site, 'databaseAddress')) return;
  if (!isLeft) await dropTables(site, await keptDatabaseAddress(site, realSealer()));
  await writeSecrets(site, { databaseAddress: '' }, realSealer());
}

async function dropTables({ siteCode, siteGuid }: SiteFolder, address: string): Promise<void> {
  try {
    await giveBackDatabase(address, siteGuid);
  } catch (error) {
    // It is gone already, with all that was in it.
    if (error instanceof SyncError && error.errorId === 'DatabaseMissing') return;
    throw new SyncError(
      'OldDatabaseNotRemoved',
      { site: siteCode, where: databaseAt(address), reason: reasonOf(error) },
      { cause: error },
    );
  }
}
