import { systemClock } from '../platform/Clock.js';
import { realSealer } from '../platform/sealSecret.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { EngineLog } from '../status/engineLog.js';
import type { Store, StoreOptions } from '../store/Store.js';
import { storePlaceOf } from '../store/StorePlace.js';
import { openStore } from '../store/openStore.js';
import { keptDatabaseAddress } from '../store/postgres/databaseAddress.js';
import { thisServer } from '../store/thisServer.js';

interface OpeningStore extends Pick<StoreOptions, 'generation' | 'verifyHighest'> {
  readonly site: SiteFolder;
  readonly report: EngineLog;
}

/** Opens the store of a site for its engine. @throws SyncError of the store */
export async function openSiteStore({ site, generation, verifyHighest, report }: OpeningStore): Promise<Store> {
  const start = performance.now();
  const store = await openStore(site.database, {
    place: storePlaceOf(site),
    files: site.files,
    generation,
    report,
    verifyHighest,
    server: {
      siteCode: site.siteCode,
      self: thisServer(site),
      address: async () => keptDatabaseAddress(site, realSealer()),
      clock: systemClock,
      random: Math.random,
    },
  });
  report(`The database was opened in ${Math.round(performance.now() - start)} ms.`);
  return store;
}

export async function closeStore({ documents, database }: Pick<Store, 'documents' | 'database'>): Promise<void> {
  await documents.close();
  await database.close();
}
