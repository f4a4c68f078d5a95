import type { LinkClaimResult, LinkJoinRequest, LinkJoinResult } from '../../contract/generated/types.js';
import { SyncError } from '../../errors/SyncError.js';
import type { SiteType } from '../../site/describeSite.js';
import { isSameServer } from '../../site/isSameServer.js';
import { checkSiteCode } from '../../site/siteCode.js';
import { decideJoin } from '../join/decideJoin.js';
import type { JoinFacts } from '../join/decideJoin.js';
import { sitesKnownBy } from './CodeClaims.js';
import type { NodeBook } from './NodeBook.js';
import type { NodeDescription } from './NodeRecord.js';
import type { TokenBook } from './TokenBook.js';

/** What a parent takes nodes in with. */
export interface AdmissionDeps {
  readonly parent: { readonly siteCode: string; readonly serverName: string; readonly type: SiteType };
  /** Codes of the sites above it, the nearest first. */
  readonly above: readonly string[];
  readonly tokens: TokenBook;
  readonly nodes: NodeBook;
  readonly now: () => Date;
  /** Asks the top of the hierarchy whether a code is free. */
  readonly claim: (siteCode: string) => Promise<LinkClaimResult>;
}

/**
 * Takes a node in: the token is spent in the transaction that adds the node, and only there. Whoever calls takes turns.
 * @throws SyncError JoinTokenRefused, JoinTokenExpired, SiteLevelInvalid, SiteLoop, SiteCodeTaken, ParentNotConnected
 */
export async function admitNode(request: LinkJoinRequest, deps: AdmissionDeps): Promise<LinkJoinResult> {
  const { parent, above, tokens, nodes, now } = deps;
  const siteCode = checkSiteCode(request.siteCode);
  const { role, spend } = await tokens.find(request.secret, { now: now(), siteCode: parent.siteCode });
  const facts: JoinFacts = { parent, above, known: sitesKnownBy(nodes.all()), role };
  const type = decideJoin({ siteCode, serverName: request.serverName, type: request.type }, facts);
  if (role === 'Site') await claimCode(siteCode, deps);
  const { siteName, serverName, publicKey } = request;
  const description: NodeDescription = {
    siteCode,
    siteName,
    serverName,
    type,
    role,
    publicKey,
    joined: now().toISOString(),
    revoked: '',
  };
  // One of the same name that was made and never came is no site.
  const replaced = nodes
    .all()
    .filter(
      (node) =>
        node.siteCode === siteCode &&
        node.role === role &&
        (role === 'Site' || isSameServer(node.serverName, serverName)),
    );
  const node = await nodes.add(description, { ...spend, replaced });
  return { nodeId: node.id, type, role, siteCodes: [parent.siteCode, ...above] };
}

async function claimCode(siteCode: string, { claim }: AdmissionDeps): Promise<void> {
  const { isFree, holder } = await claim(siteCode);
  if (!isFree) throw new SyncError('SiteCodeTaken', { siteCode, holder: holder ?? 'another site' });
}
