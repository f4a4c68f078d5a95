import { SyncError } from '../../errors/SyncError.js';
import type { Clock } from '../../platform/Clock.js';
import type { Sealer } from '../../platform/sealSecret.js';
import type { SiteFolder } from '../../site/SiteFolder.js';
import { readSecret, writeSecrets } from '../../site/siteSecrets.js';
import type { DocumentStore } from '../DocumentStore.js';
import type { SiteDatabase } from '../SiteDatabase.js';
import { describeAddress, parsePostgresAddress } from './PostgresAddress.js';
import { PostgresDocumentStore } from './PostgresDocumentStore.js';
import { PostgresTransactions } from './PostgresTransactions.js';
import { createPostgresDatabase } from './createPostgresDatabase.js';
import { migratePostgres } from './migratePostgres.js';

/** What a store in PostgreSQL is opened with. */
interface PostgresPlace {
  /** As `parsePostgresAddress` reads it. Holds a password. */
  readonly address: string;
  readonly siteCode: string;
  readonly siteGuid: string;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Told when the database is waited for. */
  readonly log: (line: string) => void;
}

/**
 * Opens the store of a site in PostgreSQL, and makes its tables where there are none; whoever had it open before writes
 * no more. Not reached by any command before all of it is there. @throws SyncError of the database
 */
export async function openPostgresStore(
  place: PostgresPlace,
): Promise<{ readonly database: SiteDatabase; readonly documents: DocumentStore }> {
  const address = parsePostgresAddress(place.address);
  const where = describeAddress(address);
  const transactions = new PostgresTransactions(address, place);
  try {
    const tables = await migratePostgres(transactions, { siteGuid: place.siteGuid, where });
    return {
      database: createPostgresDatabase({ transactions, site: place.siteCode, where, ...tables }),
      documents: new PostgresDocumentStore(transactions, where),
    };
  } catch (error) {
    await transactions.close();
    throw error;
  }
}

type KeepingSite = Pick<SiteFolder, 'path' | 'secret' | 'siteCode'>;

/** Keeps the address with the secrets of the site. @throws SyncError DatabaseAddressInvalid, SecretSealFailed */
export async function keepDatabaseAddress(site: KeepingSite, address: string, sealer: Sealer): Promise<void> {
  parsePostgresAddress(address);
  await writeSecrets(site, { databaseAddress: address.trim() }, sealer);
}

/** The address that the site keeps. @throws SyncError DatabaseAddressInvalid where there is none, SecretSealFailed */
export async function keptDatabaseAddress(site: KeepingSite, sealer: Sealer): Promise<string> {
  const address = (await readSecret(site, 'databaseAddress', sealer)) ?? '';
  if (address === '')
    throw new SyncError('DatabaseAddressInvalid', {
      reason: `it is not among the secrets of the site ${site.siteCode}`,
    });
  return address;
}
