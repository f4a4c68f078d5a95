import type { Site } from '../../contract/generated/types.js';
import { buildNumber, siteTypeNumber } from '../../site/describeSite.js';
import type { NodeRecord } from './NodeRecord.js';

/** 2 while a node has joined and was never seen, 1 afterwards. */
const PENDING = 2;
const ACTIVE = 1;

/** The child sites among the nodes of a site, each followed by the sites that it has reported below it. */
export function sitesBelow(nodes: readonly NodeRecord[], parent: string): readonly Site[] {
  return nodes
    .filter((node) => node.role === 'Site')
    .flatMap((node) => [siteOf(node, parent), ...(node.lastReport?.sites ?? [])]);
}

function siteOf(node: NodeRecord, parent: string): Site {
  const version = node.lastReport?.moduleVersion ?? '';
  return {
    SiteCode: node.siteCode,
    SiteName: node.siteName,
    Type: siteTypeNumber(node.type),
    TypeName: node.type,
    ServerName: node.serverName,
    ReportingSiteCode: parent,
    InstallDir: '',
    Version: version,
    BuildNumber: buildNumber(version),
    Status: node.lastSeen > 0 ? ACTIVE : PENDING,
  };
}
