import type { Site } from '../contract/generated/types.js';
import type { SiteFolder, SiteType } from './SiteFolder.js';
import { timeZoneText } from './timeZoneText.js';

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

/**
 * The product's version whose commands for software update synchronization ours match (2309, no later one has changed
 * them): scripts compare with it before they do anything. Ours is beside it.
 */
export const PRODUCT_VERSION = { Version: '5.00.9122.1000', BuildNumber: 9122 } as const;

/** What an ordinary site of the product shows: no mode but its work, and nothing that was asked of it. */
export const ORDINARY_SITE = { Mode: 0, RequestedStatus: 110 } as const;

/** How the contract names the engines of `site.json`; without an engine it is Embedded. */
const DATABASES: ReadonlyMap<string | undefined, 'Sqlite' | 'Postgres'> = new Map([
  ['sqlite', 'Sqlite'],
  ['postgres', 'Postgres'],
]);

/** The engine for `site.json` by the name in the contract; undefined for that of sql.js. */
export function databaseEngine(name: string | undefined): string | undefined {
  return [...DATABASES].find(([, known]) => known === name)?.[0];
}

/** How the contract names an engine of `site.json`. */
export function databaseName(engine: string | undefined): Site['Database'] & string {
  return DATABASES.get(engine) ?? 'Embedded';
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
    ...PRODUCT_VERSION,
    Status: 1,
    ...ORDINARY_SITE,
    TimeZoneInfo: timeZoneText(new Date().getFullYear()),
    ConfigMgrSyncVersion: version,
    Database: databaseName(site.database),
  };
}
