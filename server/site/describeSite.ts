import type { Site } from '../contract/generated/types.js';
import type { SiteFolder } from './SiteFolder.js';

/** The object of the contract for a site folder. */
export function describeSite(site: SiteFolder, version: string): Site {
  return {
    SiteCode: site.siteCode,
    SiteName: site.siteName,
    Type: 2,
    TypeName: site.type,
    ServerName: site.serverName,
    ReportingSiteCode: '',
    InstallDir: site.path,
    Version: version,
    BuildNumber: buildNumber(version),
    Status: 1,
  };
}

/** 1.2.3 becomes 10203: a number that grows with the version. */
function buildNumber(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0);
  return major * 10000 + minor * 100 + patch;
}
