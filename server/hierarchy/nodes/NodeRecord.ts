import type { LinkReport } from '../../contract/generated/types.js';
import type { NodeRole, SiteType } from '../../site/describeSite.js';

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
