import { SyncError } from '../errors/SyncError.js';
import { SegmentedDocumentStore } from './SegmentedDocumentStore.js';
import type { SiteDatabase } from './SiteDatabase.js';
import type { Store, StoreOptions } from './Store.js';
import { openSiteDatabase } from './embedded/openSiteDatabase.js';

/**
 * Opens the store of a site with the engine that `site.json` names; without a name it is sql.js with its journal, which
 * runs on every Node.js.
 */
export async function openStore(engine: string | undefined, options: StoreOptions): Promise<Store> {
  if (engine === undefined) return withSegments(await openSiteDatabase(options), options);
  if (engine === 'sqlite')
    return withSegments(await (await import('./sqlite/openSqliteDatabase.js')).openSqliteDatabase(options), options);
  if (engine === 'postgres') return (await import('./postgres/openSitePostgres.js')).openSitePostgres(options);
  throw new SyncError('SiteFolderInvalid', {
    path: options.place.site,
    reason: `its database is of a kind that this version does not know (${engine})`,
  });
}

function withSegments(database: SiteDatabase, { place, files, generation }: StoreOptions): Store {
  const documents = new SegmentedDocumentStore({ folder: place.documents, files, generation, site: place.siteGuid });
  return { database, documents };
}
