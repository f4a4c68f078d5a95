import type { SiteReads } from '../SiteDatabase.js';
import type { DatabaseInspection } from '../StoreInspection.js';
import { createQueries } from './createQueries.js';
import { Identities } from './Identities.js';
import { inspectDatabase, type InspectedDatabase } from './inspectDatabase.js';

/** A database in memory that is only read: the queries, and what is wrong with its files. */
export function createEmbeddedReads(
  database: InspectedDatabase,
): SiteReads & { inspect(quick: boolean): Promise<DatabaseInspection> } {
  return {
    ...createQueries(database.connection, new Identities(database.connection)),
    inspect: async (quick) => inspectDatabase(database, quick),
  };
}
