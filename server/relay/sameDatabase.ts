import { SyncError } from '../errors/SyncError.js';
import type { SiteFolder } from '../site/SiteFolder.js';

/** Refuses a site whose database no servers share. @throws SyncError DatabaseNotShared */
export function refuseUnshared({ database, siteCode }: Pick<SiteFolder, 'database' | 'siteCode'>): void {
  if (database !== 'postgres') throw new SyncError('DatabaseNotShared', { site: siteCode });
}

/** Refuses a database that is not that of the site. @throws SyncError DatabaseOfOtherSite */
export function refuseOtherSite(
  found: { readonly where: string; readonly siteGuid: string },
  { siteGuid }: Pick<SiteFolder, 'siteGuid'>,
): void {
  if (found.siteGuid !== siteGuid)
    throw new SyncError('DatabaseOfOtherSite', { where: found.where, site: found.siteGuid });
}
