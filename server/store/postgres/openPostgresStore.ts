import type { Clock } from '../../platform/Clock.js';
import type { Store } from '../Store.js';
import { describeAddress, parsePostgresAddress } from './PostgresAddress.js';
import { PostgresDocumentStore } from './PostgresDocumentStore.js';
import { PostgresTransactions } from './PostgresTransactions.js';
import { createPostgresDatabase } from './createPostgresDatabase.js';
import { migratePostgres } from './migratePostgres.js';

/** What a store in PostgreSQL is opened with. */
export interface PostgresPlace {
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
 * no more. @throws SyncError of the database
 */
export async function openPostgresStore(place: PostgresPlace): Promise<Store> {
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
