import { SyncError } from '../errors/SyncError.js';
import type { SiteDatabase } from './SiteDatabase.js';
import type { StoreFiles, StorePlace } from './StorePlace.js';
import { openSiteDatabase } from './embedded/openSiteDatabase.js';

/** What opening the database of a site needs, whichever engine it has. */
interface StoreOptions {
  readonly place: StorePlace;
  readonly files: StoreFiles;
  readonly generation: number;
  readonly verifyHighest?: (() => void | Promise<void>) | undefined;
  readonly report: (line: string) => void;
}

/**
 * Opens the database of a site with the engine that `site.json` names; without a name it is sql.js with its journal,
 * which runs on every Node.js.
 */
export async function openStore(engine: string | undefined, options: StoreOptions): Promise<SiteDatabase> {
  if (engine === undefined) return openSiteDatabase(options);
  if (engine !== 'sqlite')
    throw new SyncError('SiteFolderInvalid', {
      path: options.place.site,
      reason: `its database is of a kind that this version does not know (${engine})`,
    });
  return (await import('./sqlite/openSqliteDatabase.js')).openSqliteDatabase(options);
}
