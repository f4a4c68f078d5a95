import type { Clock } from '../../platform/Clock.js';
import type { SharedStore } from '../SharedStore.js';
import type { ServerEngine } from '../SiteRole.js';
import type { Store } from '../Store.js';
import { describeAddress, parsePostgresAddress } from './PostgresAddress.js';
import { PostgresDocumentStore } from './PostgresDocumentStore.js';
import { PostgresTransactions } from './PostgresTransactions.js';
import { LEASE_TIMING, type LeaseTiming } from './decideLease.js';
import { carriedFiles } from './carriedFiles.js';
import { carriedRequests } from './carriedRequests.js';
import { createPostgresDatabase } from './createPostgresDatabase.js';
import { Lease } from './Lease.js';
import { indexTitles } from './indexTitles.js';
import { forgetServer, storedServers, tellNews } from './leaseRow.js';
import { leaveDatabase } from './leftDatabase.js';
import { licenseTermsRows } from './licenseTermsRows.js';
import { type CommitWitness, writtenLast } from './CommitWitness.js';
import { type FoundStore, lookAtStore } from './lookAtStore.js';
import { migratePostgres } from './migratePostgres.js';
import { sharedKeyRows } from './sharedKeyRows.js';

/** What a store in PostgreSQL is opened with. */
export interface PostgresPlace {
  /** As `parsePostgresAddress` reads it. Holds a password. */
  readonly address: string;
  readonly siteCode: string;
  readonly siteGuid: string;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** The server that opens it, and its engine. */
  readonly self: ServerEngine;
  /** True for a site that has it already: its tables are never made again. */
  readonly isThere?: boolean;
  /** Of the lease, where it is not the usual one. */
  readonly timing?: LeaseTiming;
  /** Of what was acknowledged to this server, in its folder. */
  readonly witness?: CommitWitness;
  /** Told when the database is waited for. */
  readonly log: (line: string) => void;
}

/** Who writes, and what proves that it may. */
interface Writing {
  readonly site: string;
  readonly where: string;
  readonly lease: Lease;
  readonly self: ServerEngine;
  readonly witness: CommitWitness | undefined;
}

/**
 * Opens the store of a site in PostgreSQL, and makes the tables of one that is new. An earlier engine of the same
 * server writes no more; where another server owns the site, it goes on. @throws SyncError of the database
 */
export async function openPostgresStore(place: PostgresPlace): Promise<Store & { readonly shared: SharedStore }> {
  const address = parsePostgresAddress(place.address);
  const where = describeAddress(address);
  const transactions = new PostgresTransactions(address, { ...place, refused: () => lease.standing.newer });
  const { self, witness, siteCode: site } = place;
  const lease = new Lease({ timing: LEASE_TIMING, ...place, address, monotonic: () => performance.now() });
  try {
    lease.connect();
    const found = await currentStore(transactions, place, where);
    if (found.lacksTitleIndex) await indexTitles(transactions);
    if (found.last !== undefined) witness?.look(found.last);
    await lease.start();
    await followLast(transactions, lease, witness);
    const writing = { site, where, lease, self, witness };
    return {
      database: createPostgresDatabase({ transactions, ...writing }),
      documents: new PostgresDocumentStore(transactions, writing),
      shared: sharedStore(transactions, writing),
    };
  } catch (error) {
    await lease.stop();
    await transactions.close();
    throw error;
  }
}

/** Has the witness look at what was written last, now and after each failover, which cuts the connections. */
async function followLast(
  transactions: PostgresTransactions,
  lease: Lease,
  witness: CommitWitness | undefined,
): Promise<void> {
  const now = await transactions.read(async (session) => writtenLast(session));
  if (lease.epoch === now.epoch) witness?.acknowledge(now);
  const look = async (): Promise<void> => {
    const acknowledged = witness?.last;
    const found = await transactions.read(async (session) => writtenLast(session, acknowledged?.epoch));
    witness?.look(found, acknowledged);
  };
  // Where the database cannot be asked, the next one looks.
  lease.news.add((news) => {
    if (news.kind === 'Missed') void look().catch(() => undefined);
  });
}

/** What the servers of a site share. */
function sharedStore(transactions: PostgresTransactions, writing: Writing): SharedStore {
  const { lease, witness } = writing;
  return {
    role: lease,
    news: lease.news,
    tell: async (news) => transactions.read(async (session) => tellNews(session, news)),
    servers: async () => transactions.read(storedServers),
    forgetServer: async (id) => transactions.write({ body: async (session) => forgetServer(session, id) }),
    leave: async () => transactions.write({ body: async (session) => leaveDatabase(session, writing) }),
    loss: () => witness?.loss,
    keys: sharedKeyRows(transactions, writing),
    requests: carriedRequests(transactions),
    files: carriedFiles(transactions),
    licenseTerms: licenseTermsRows(transactions),
  };
}

/** The store with the tables of this version. */
async function currentStore(
  transactions: PostgresTransactions,
  { siteGuid, self, witness, isThere = false, log }: PostgresPlace,
  where: string,
): Promise<FoundStore> {
  const look = async (): Promise<FoundStore> =>
    transactions.read(async (session) => lookAtStore(session, siteGuid, witness?.last?.epoch));
  const found = isThere ? await look() : undefined;
  if (found?.isCurrent === true) return found;
  const others = await migratePostgres(transactions, { siteGuid, where, self: self.id, isThere });
  if (others.length > 0) log(tablesChanged(others));
  return look();
}

function tablesChanged(others: readonly string[]): string {
  return (
    'WARNING: The tables of the database were changed for this version. These servers run an earlier one, and serve ' +
    `nothing until this version is installed there: ${others.join(', ')}.`
  );
}
