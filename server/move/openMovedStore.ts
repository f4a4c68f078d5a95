import { systemClock } from '../platform/Clock.js';
import { realSealer } from '../platform/sealSecret.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { Store } from '../store/Store.js';
import type { StorePlace } from '../store/StorePlace.js';
import { openStore } from '../store/openStore.js';
import { keptDatabaseAddress } from '../store/postgres/databaseAddress.js';
import { thisServer } from '../store/thisServer.js';

/** A store of a site, and who opens it. */
interface MovedStore {
  readonly site: SiteFolder;
  /** Undefined for sql.js. */
  readonly engine: string | undefined;
  /** Where its files are: those of the site, or of the copy. */
  readonly place: StorePlace;
  readonly generation: number;
  readonly report: (line: string) => void;
}

/** Opens the store of a site, or the one that it gets. @throws SyncError of the databases */
export async function openMovedStore({ site, engine, ...options }: MovedStore): Promise<Store> {
  return openStore(engine, {
    ...options,
    files: site.files,
    server: {
      siteCode: site.siteCode,
      self: thisServer(site),
      address: async () => keptDatabaseAddress(site, realSealer()),
      clock: systemClock,
      random: Math.random,
    },
  });
}

/** Closes both. */
export async function closeStore({ database, documents }: Store): Promise<void> {
  await documents.close();
  await database.close();
}
