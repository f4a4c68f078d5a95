import { SyncError } from '../../errors/SyncError.js';
import { systemClock } from '../../platform/Clock.js';
import type { SharedKeyRows } from '../SharedRows.js';
import type { StoredServer } from '../SharedStore.js';
import { describeAddress, parsePostgresAddress } from './PostgresAddress.js';
import type { PostgresSession } from './PostgresSession.js';
import { PostgresTransactions } from './PostgresTransactions.js';
import { storedServers, tellNews } from './leaseRow.js';
import { refuseLeft } from './leftDatabase.js';
import { POSTGRES_SCHEMA } from './postgresTables.js';
import { sharedKeyRows } from './sharedKeyRows.js';
import { formatsOf, isCurrentFormat, newerFormat, type StoreFormat, storeFormat } from './storeFormat.js';

/** A database that servers of a site share, as one that is not among them yet finds it. */
export interface SharedDatabase {
  /** As messages name it. */
  readonly where: string;
  readonly siteGuid: string;
  readonly keys: SharedKeyRows;
  /** Has every engine of the site look at the keys again. */
  readonly tellKeys: () => Promise<void>;
  readonly servers: readonly StoredServer[];
}

/**
 * Looks into the database of a site; its tables are not changed. @throws SyncError DatabaseAddressInvalid,
 * DatabaseHoldsNoSite, StoreNewerFormat, DatabaseOlderFormat, and those of reaching it
 */
export async function withSharedDatabase<Result>(
  text: string,
  work: (database: SharedDatabase) => Promise<Result>,
): Promise<Result> {
  const address = parsePostgresAddress(text);
  const where = describeAddress(address);
  // Somebody waits at a prompt: a server that cannot be reached is told at once.
  const transactions = new PostgresTransactions(address, { clock: systemClock, random: Math.random, patience: 0 });
  try {
    const siteGuid = await transactions.read(async (session) => siteIn(session, where));
    const servers = await transactions.read(storedServers);
    const tellKeys = async (): Promise<void> =>
      transactions.read(async (session) => tellNews(session, { kind: 'Keys', by: '' }));
    return await work({ where, siteGuid, keys: sharedKeyRows(transactions), tellKeys, servers });
  } finally {
    await transactions.close();
  }
}

/**
 * Whose the database at an address is, whichever format its tables have. @throws SyncError DatabaseAddressInvalid,
 * DatabaseHoldsNoSite, and those of reaching it
 */
export async function siteAtAddress(text: string): Promise<Pick<SharedDatabase, 'where' | 'siteGuid'>> {
  const address = parsePostgresAddress(text);
  const where = describeAddress(address);
  const transactions = new PostgresTransactions(address, { clock: systemClock, random: Math.random, patience: 0 });
  try {
    const { site } = await transactions.read(async (session) => storeIn(session, where));
    return { where, siteGuid: site };
  } finally {
    await transactions.close();
  }
}

async function storeIn(session: PostgresSession, where: string): Promise<StoreFormat> {
  const [there] = await session.query('SELECT to_regclass($1) IS NOT NULL', [`${POSTGRES_SCHEMA}.store`]);
  const store = there?.[0] === true ? await storeFormat(session) : undefined;
  if (store === undefined) throw new SyncError('DatabaseHoldsNoSite', { where, reason: 'it has no tables of a site' });
  return store;
}

async function siteIn(session: PostgresSession, where: string): Promise<string> {
  const store = await storeIn(session, where);
  refuseLeft(store.format, where);
  const newer = newerFormat(store, where);
  if (newer !== undefined) throw newer;
  if (!isCurrentFormat(store)) throw new SyncError('DatabaseOlderFormat', { where, ...formatsOf(store) });
  return store.site;
}
