import type { Site } from '../contract/generated/types.js';
import type { SiteFolder, SiteType } from './SiteFolder.js';

/** As what a node joins: as a child site, or as a further software update point of the parent's own site. */
export type NodeRole = 'Site' | 'SoftwareUpdatePoint';

const NUMBERS = { Secondary: 1, Primary: 2, CAS: 4, SoftwareUpdatePoint: 8 } as const;

/** Number of the type in SMS_Site and SMS_SCI_SysResUse; 8 there is a server that is not the site server. */
export function siteTypeNumber(type: SiteType): 1 | 2 | 4 | 8 {
  return NUMBERS[type];
}

/** Tells whether a text names a type. */
export function isSiteType(text: string): text is SiteType {
  return Object.hasOwn(NUMBERS, text);
}

/** 1.2.3 becomes 10203: a number that grows with the version. */
export function buildNumber(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0);
  return major * 10000 + minor * 100 + patch;
}

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
