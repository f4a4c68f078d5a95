import type { Site } from '../../contract/generated/types.js';
import type { LinkedNode } from '../../hierarchy/link/SiteLinks.js';
import { siteTypeNumbers } from '../../site/SiteType.js';

const ACTIVE = 1;
const PENDING = 2;

/** The sites below a site, as far as they have joined and reported; one that has joined and was never seen is pending. */
export function sitesBelow(siteCode: string, nodes: readonly LinkedNode[]): Site[] {
  return nodes.flatMap((node) => (node.type === 'SoftwareUpdatePoint' ? [] : [siteOf(node, node.type, siteCode), ...(node.lastReport?.sites ?? [])]));
}

function siteOf(node: LinkedNode, type: keyof typeof siteTypeNumbers, parent: string): Site {
  return {
    SiteCode: node.siteCode, SiteName: node.siteCode, Type: siteTypeNumbers[type], TypeName: type, ServerName: node.serverName, ReportingSiteCode: parent, InstallDir: '',
    Version: node.lastReport?.moduleVersion ?? '', BuildNumber: 0, Status: node.lastSeen === undefined ? PENDING : ACTIVE,
  };
}
