import type { SiteType } from './SiteType.js';

/**
 * Name of a site's folder under the root of all sites: its code, of a further software update point
 * `<SiteCode>_<ServerName>`, because the site
 * itself may be on the same machine. What cannot stand in a file name becomes `_`.
 */
export function siteFolderName(site: {
  readonly siteCode: string;
  readonly serverName: string;
  readonly type: SiteType;
}): string {
  if (site.type !== 'SoftwareUpdatePoint') return site.siteCode;
  return `${site.siteCode}_${site.serverName.replace(/[^\w.-]/g, '_').replace(/\.+$/, '')}`;
}
