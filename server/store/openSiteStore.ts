import { systemClock } from '../platform/Clock.js';
import { realSealer } from '../platform/sealSecret.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { Store, StoreOptions } from './Store.js';
import { type StorePlace, storePlaceOf } from './StorePlace.js';
import { openStore } from './openStore.js';
import { keptDatabaseAddress } from './postgres/databaseAddress.js';
import { thisServer } from './thisServer.js';

/** A store of a site, and who opens it. */
interface SiteStore extends Pick<StoreOptions, 'generation' | 'verifyHighest' | 'report'> {
  readonly site: SiteFolder;
  /** A store that the site is to get, instead of the one it has; `engine` is undefined for sql.js. */
  readonly next?: { readonly engine: string | undefined; readonly place: StorePlace };
}

/** Opens the store of a site. @throws SyncError of the store */
export async function openSiteStore({ site, next, generation, verifyHighest, report }: SiteStore): Promise<Store> {
  const { engine, place } = next ?? { engine: site.database, place: storePlaceOf(site) };
  return openStore(engine, {
    place,
    files: site.files,
    generation,
    verifyHighest,
    report,
    server: {
      siteCode: site.siteCode,
      self: thisServer(site),
      isThere: next === undefined,
      address: async () => keptDatabaseAddress(site, realSealer()),
      clock: systemClock,
      random: Math.random,
    },
  });
}

/** Closes both: documents are appended before rows name them. */
export async function closeStore({ documents, database }: Pick<Store, 'documents' | 'database'>): Promise<void> {
  await documents.close();
  await database.close();
}
