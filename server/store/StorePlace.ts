import path from 'node:path';
import { realFiles } from '../platform/files/FileCalls.js';
import type { FileCalls } from '../platform/files/FileCalls.js';
import { SITE_FILES } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';

/** The file calls the store makes, passed in so that a test can make any of them fail. */
export type StoreFiles = FileCalls;

export { realFiles };

/** Where the store of a site lies, and whose it is. */
export interface StorePlace {
  /** Of the site, as `site.json` has it. */
  readonly siteGuid: string;
  readonly site: string;
  readonly database: string;
  readonly documents: string;
}

/** The place of a site's store. */
export function storePlaceOf(site: Pick<SiteFolder, 'path' | 'siteGuid'>): StorePlace {
  return {
    siteGuid: site.siteGuid,
    site: site.path,
    database: path.join(site.path, SITE_FILES.database),
    documents: path.join(site.path, SITE_FILES.documents),
  };
}

/** The folders that hold a copy of the seal each: neither is the database's, and no folder holds both. */
export function sealFolders(place: StorePlace): readonly string[] {
  return [place.site, place.documents];
}
