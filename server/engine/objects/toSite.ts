import type { Site } from '../../contract/generated/types.js';
import type { SiteContext } from '../SiteContext.js';

const PRIMARY = 2;
const ACTIVE = 1;

/** SMS_Site of this site (configmgr.md section 2.7). */
export function toSite(context: SiteContext): Site {
  const { site, version } = context;
  return {
    SiteCode: site.siteCode, SiteName: site.siteName, Type: PRIMARY, TypeName: 'Primary', ServerName: site.serverName, ReportingSiteCode: '', InstallDir: site.folder, Version: version,
    BuildNumber: 1, Status: ACTIVE,
  };
}
