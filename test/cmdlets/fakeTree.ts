import type { Site, SiteSystemServer, SiteTreeResult } from '../../server/contract/generated/types.js';
import { toSiteSystemServer } from '../../server/api/siteSystemServers.js';

const site = (SiteCode: string, SiteName: string, more: Partial<Site>): Site => ({
  SiteCode,
  SiteName,
  Type: 2,
  TypeName: 'Primary',
  ServerName: `${SiteCode.toLowerCase()}.contoso.com`,
  ReportingSiteCode: 'CS1',
  InstallDir: '',
  Version: '1.2.3',
  BuildNumber: 10203,
  Status: 1,
  ...more,
});

const SITES: Site[] = [
  site('CS1', 'Zürich [1]', { Type: 4, TypeName: 'CAS', ReportingSiteCode: '', InstallDir: 'C:\\CS1' }),
  site('PS1', 'Berlin', {}),
  site('PS2', 'Bern', { Status: 2 }),
];
const SERVERS: SiteSystemServer[] = [
  ...SITES.map((one) => toSiteSystemServer(one.ServerName, one.SiteCode, { type: one.Type })),
  toSiteSystemServer('sup2.contoso.com', 'CS1', { type: 8 }),
];

/**
 * A central administration site with two primary sites, one of which was never seen, and a second software update
 * point.
 */
export const FAKE_TREE: SiteTreeResult = { sites: SITES, servers: SERVERS };
