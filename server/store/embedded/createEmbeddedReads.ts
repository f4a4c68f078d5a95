import type { SiteReads } from '../SiteDatabase.js';
import type { DatabaseInspection } from '../StoreInspection.js';
import { Identities } from '../sql/Identities.js';
import { createQueries } from '../sql/createQueries.js';
import { inspectDatabase } from './inspectDatabase.js';
import type { InspectedDatabase } from './inspectDatabase.js';

/** A database in memory that is only read: the queries, and what is wrong with its files. */
export function createEmbeddedReads(
  database: InspectedDatabase,
): SiteReads & { inspect(quick: boolean): Promise<DatabaseInspection> } {
  return {
    ...createQueries(database.connection, new Identities(database.connection)),
    inspect: async (quick) => inspectDatabase(database, quick),
  };
}
