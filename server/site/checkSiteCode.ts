import { SyncError } from '../errors/SyncError.js';

const reserved: ReadonlySet<string> = new Set(['AUX', 'CON', 'NUL', 'PRN', 'SMS']);

/** Returns the site code in upper case; throws SiteCodeInvalid when it is none. */
export function checkSiteCode(text: string): string {
  const siteCode = text.toUpperCase();
  if (!/^[A-Z0-9]{3}$/.test(siteCode) || reserved.has(siteCode))
    throw new SyncError('SiteCodeInvalid', { siteCode: text });
  return siteCode;
}
