import type { LinkClaimResult, LinkJoinRequest, LinkJoinResult } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import type { SiteType } from '../site/SiteFolder.js';
import type { NodeRole } from '../site/describeSite.js';
import { isSameServer } from '../site/isSameServer.js';
import { checkSiteCode } from '../site/siteCode.js';
import type { NodeDescription, NodeRecord } from './NodeRecord.js';
import type { NodeRegistry } from './NodeRegistry.js';
import type { TokenStore } from './TokenStore.js';

/** A node or site that has its name already. */
export interface KnownSite {
  readonly siteCode: string;
  readonly serverName: string;
  readonly type: SiteType;
  /** It was seen at least once; one that never was may be made again. */
  readonly isSeen: boolean;
}

/** What a parent decides a join by. */
export interface JoinFacts {
  readonly parent: { readonly siteCode: string; readonly serverName: string; readonly type: SiteType };
  /** Codes of the sites above the parent, the nearest first. */
  readonly above: readonly string[];
  /** Nodes of the parent and the sites below them. */
  readonly known: readonly KnownSite[];
  readonly role: NodeRole;
}

/** Who wants to join. */
interface JoinWish {
  readonly siteCode: string;
  readonly serverName: string;
  readonly type?: SiteType | undefined;
}

const CHILD_TYPES: Readonly<Partial<Record<SiteType, SiteType>>> = { CAS: 'Primary', Primary: 'Secondary' };

/**
 * The type of the node that joins, by the rules of the product: three levels, one code for one site of the hierarchy,
 * further software update
 * points only at a CAS or primary site. @throws SyncError SiteLevelInvalid, SiteLoop, SiteCodeTaken
 */
export function decideJoin(wish: JoinWish, facts: JoinFacts): SiteType {
  return facts.role === 'Site' ? childSite(wish, facts) : furtherPoint(wish, facts);
}

/** Refuses a role that nobody can have below a site of that type. @throws SyncError SiteLevelInvalid */
export function checkRole(parent: JoinFacts['parent'], role: NodeRole): void {
  if (role === 'Site' && CHILD_TYPES[parent.type] === undefined)
    throw wrongLevel('site', parent, `a ${parent.type} has no sites below it`);
  if (role === 'SoftwareUpdatePoint') checkFurtherPoint(parent);
}

function checkFurtherPoint(parent: JoinFacts['parent']): void {
  if (parent.type === 'Secondary')
    throw wrongLevel('SoftwareUpdatePoint', parent, 'a secondary site has only its own software update point');
  if (parent.type === 'SoftwareUpdatePoint')
    throw wrongLevel('SoftwareUpdatePoint', parent, 'a software update point cannot have sites below it');
}

function childSite(wish: JoinWish, { parent, above, known }: JoinFacts): SiteType {
  const fitting = CHILD_TYPES[parent.type];
  const type = wish.type ?? fitting ?? 'Secondary';
  if (fitting === undefined) throw wrongLevel(type, parent, `a ${parent.type} has no sites below it`);
  if (type !== fitting)
    throw wrongLevel(
      type,
      parent,
      type === 'CAS' ? 'a CAS is the top of its hierarchy' : `below a ${parent.type} there are ${fitting} sites`,
    );
  if (above.includes(wish.siteCode))
    throw new SyncError('SiteLoop', { siteCode: wish.siteCode, parent: parent.siteCode });
  if (wish.siteCode === parent.siteCode) throw taken(wish.siteCode, parent.serverName);
  const other = known.find((site) => site.siteCode === wish.siteCode && site.isSeen);
  if (other !== undefined) throw taken(wish.siteCode, other.serverName);
  return type;
}

function furtherPoint(wish: JoinWish, { parent, known }: JoinFacts): SiteType {
  const type = wish.type ?? 'SoftwareUpdatePoint';
  if (type !== 'SoftwareUpdatePoint') throw wrongLevel(type, parent, 'the token is for a software update point');
  checkFurtherPoint(parent);
  if (wish.siteCode !== parent.siteCode)
    throw wrongLevel(type, parent, `it must have its site code, not ${wish.siteCode}`);
  const isTaken =
    isSameServer(wish.serverName, parent.serverName) ||
    known.some(
      (site) => site.siteCode === parent.siteCode && site.isSeen && isSameServer(site.serverName, wish.serverName),
    );
  if (isTaken) throw taken(wish.siteCode, wish.serverName);
  return type;
}

function taken(siteCode: string, holder: string): SyncError {
  return new SyncError('SiteCodeTaken', { siteCode, holder });
}

function wrongLevel(type: SiteType | 'site', parent: JoinFacts['parent'], reason: string): SyncError {
  return new SyncError('SiteLevelInvalid', { type, parentType: parent.type, parent: parent.siteCode, reason });
}

/**
 * A code that was said to be free is kept so long for the one who asked; the site that takes it is reported by then.
 */
const KEPT_MS = 600_000;

/** Site codes that somebody in the hierarchy is about to take. */
export class CodeClaims {
  readonly #claims = new Map<string, { readonly asker: string; readonly until: number }>();

  /** Who else has claimed the code at that time (ms); undefined: it is the asker's now. */
  claim(siteCode: string, asker: string, now: number): string | undefined {
    for (const [code, { until }] of this.#claims) if (until <= now) this.#claims.delete(code);
    const other = this.#claims.get(siteCode);
    if (other !== undefined && other.asker !== asker) return other.asker;
    this.#claims.set(siteCode, { asker, until: now + KEPT_MS });
    return undefined;
  }
}

/** The sites that nodes are, and those that they have reported below them. */
export function sitesKnownBy(nodes: readonly NodeRecord[]): readonly KnownSite[] {
  return nodes.flatMap((node) => [
    { siteCode: node.siteCode, serverName: node.serverName, type: node.type, isSeen: node.lastSeen > 0 },
    ...(node.lastReport?.sites ?? []).map((site) => ({
      siteCode: site.SiteCode,
      serverName: site.ServerName,
      type: site.TypeName as KnownSite['type'],
      isSeen: site.Status === 1,
    })),
  ]);
}

/** What a parent takes nodes in with. */
interface AdmissionDeps {
  readonly parent: { readonly siteCode: string; readonly serverName: string; readonly type: SiteType };
  /** Codes of the sites above it, the nearest first. */
  readonly above: readonly string[];
  readonly tokens: TokenStore;
  readonly nodes: NodeRegistry;
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
  // One of the same name that was made and never came is not a site.
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
