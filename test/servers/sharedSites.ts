import { RealSite } from '../process/RealSite.js';
import { type TestDatabase, testDatabase } from '../store/postgres/postgresSuite.js';
import { Cleanup } from '../upstream/harness.js';

/** What makes the servers of sites in PostgreSQL; each test has a database, and its servers end with it. */
interface SharedSites {
  readonly cleanup: Cleanup;
  readonly database: () => TestDatabase;
  /** The first server of a site. */
  readonly first: (options?: Parameters<typeof RealSite.make>[0]) => Promise<RealSite>;
  readonly further: (site: RealSite, name?: string) => Promise<RealSite>;
  /** The key of the database, as a server shows it. */
  readonly keyOf: (site: RealSite) => Promise<string>;
}

/** For a suite. */
export function sharedSites(): SharedSites {
  const cleanup = new Cleanup();
  // Before the database is taken from under its engines.
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  const removed = (site: RealSite): RealSite => {
    cleanup.add(async () => site.remove());
    return site;
  };
  return {
    cleanup,
    database,
    first: async (options = {}) =>
      removed(await RealSite.make({ database: 'postgres', address: database().address, ...options })),
    further: async (site, name = 'cm02.test') => removed(await RealSite.further(site, database().address, name)),
    keyOf: async (site) => (await site.cli(['site', 'database-key'])).out.trim(),
  };
}
