import type { Site } from '../contract/generated/types.js';
import { buildNumber } from './buildNumber.js';
import type { SiteFolder } from './SiteFolder.js';
import { siteTypeNumber } from './SiteType.js';

/** The object of the contract for a site folder. */
export function describeSite(site: SiteFolder, version: string): Site {
  return {
    SiteCode: site.siteCode,
    SiteName: site.siteName,
    Type: siteTypeNumber(site.type),
    TypeName: site.type,
    ServerName: site.serverName,
    ReportingSiteCode: site.parentSiteCode ?? '',
    InstallDir: site.path,
    Version: version,
    BuildNumber: buildNumber(version),
    Status: 1,
  };
}
