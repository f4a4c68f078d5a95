import type { LinkReport, Site } from '../contract/generated/types.js';
import type { SiteType } from '../site/SiteFolder.js';
import { ORDINARY_SITE, PRODUCT_VERSION, siteTypeNumber } from '../site/describeSite.js';
import type { NodeRole } from '../site/describeSite.js';

/**
 * What the database keeps of a node; revoked ones stay, so that their ids are not given again. Times are ISO 8601 UTC.
 */
export interface NodeDescription {
  readonly siteCode: string;
  readonly siteName: string;
  readonly serverName: string;
  readonly type: SiteType;
  readonly role: NodeRole;
  /** Ed25519, SPKI in base64. */
  readonly publicKey: string;
  readonly joined: string;
  /** '' while it is a node. */
  readonly revoked: string;
}

/** A node with what is known of it now. */
export interface NodeRecord extends NodeDescription {
  readonly id: number;
  readonly lastReport: LinkReport | undefined;
  /** ms, 0: never connected. */
  readonly lastSeen: number;
}

/** How logs and errors name a node. */
export function nodeName(node: Pick<NodeDescription, 'siteCode' | 'serverName'>): string {
  return `${node.siteCode} (${node.serverName})`;
}

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
  return {
    SiteCode: node.siteCode,
    SiteName: node.siteName,
    Type: siteTypeNumber(node.type),
    TypeName: node.type,
    ServerName: node.serverName,
    ReportingSiteCode: parent,
    InstallDir: '',
    ...PRODUCT_VERSION,
    Status: node.lastSeen > 0 ? ACTIVE : PENDING,
    ...ORDINARY_SITE,
    ConfigMgrSyncVersion: node.lastReport?.moduleVersion ?? '',
  };
}
