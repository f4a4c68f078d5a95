import { SyncError } from '../errors/SyncError.js';
import type { SiteType } from './SiteFolder.js';

const RESERVED: ReadonlySet<string> = new Set(['AUX', 'CON', 'NUL', 'PRN', 'SMS']);

/** Returns the site code in upper case; throws SiteCodeInvalid when it is none. */
export function checkSiteCode(text: string): string {
  const siteCode = text.toUpperCase();
  if (!/^[A-Z0-9]{3}$/.test(siteCode) || RESERVED.has(siteCode))
    throw new SyncError('SiteCodeInvalid', { siteCode: text });
  return siteCode;
}

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
