import { randomBytes, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type {
  JoinToken,
  SiteJoinTokenRequest,
  SiteRevokeRequest,
  SiteRevokeResult,
  SiteTreeResult,
  SiteUpdateKeyResult,
} from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { encodeJoinToken, reasonAgainstAddress } from '../link/JoinToken.js';
import { checkRole } from '../link/admitNode.js';
import { nodeName } from '../link/NodeRecord.js';
import type { OpenPort } from '../downstream/port/Port.js';
import { secretHash } from '../platform/secretHash.js';
import { describeSite } from '../site/describeSite.js';
import type { Asked } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';
import { ownServers, toSiteSystemServer } from './siteSystemServers.js';

const HOUR_MS = 3_600_000;

/** Longest wait for a connection that is just being made. */
const DIALLING_MS = 10_000;

/**
 * `site/joinToken`: a secret for one node; the site keeps its hash. @throws SyncError SiteLevelInvalid, ListenerClosed,
 * InvalidRequest
 */
export async function createJoinToken(
  { context, links }: ServiceParts,
  params: SiteJoinTokenRequest,
): Promise<JoinToken> {
  const { site } = context;
  const { role = 'Site', expirationHours = 24 } = params;
  checkRole(site, role);
  const host = await links.host();
  const address = addressOf(params.address, host.port, site);
  const { authority } = await host.certificates([new URL(address).hostname]);
  const secret = randomBytes(32).toString('hex');
  const expires = new Date(context.now().getTime() + expirationHours * HOUR_MS).toISOString();
  await host.tokens.add({ hash: secretHash(secret), role, expires }, context.now());
  const ca = new X509Certificate(authority.certificate).raw.toString('base64');
  return {
    Token: encodeJoinToken({ v: 1, siteCode: site.siteCode, address, ca, secret, expires, role }),
    SiteCode: site.siteCode,
    Role: role,
    Address: address,
    ExpirationTime: expires,
  };
}

/** `site/revoke`. @throws SyncError ChildSiteNotFound */
export async function revokeNode(
  { context, links }: ServiceParts,
  { siteCode, serverName, whatIf }: SiteRevokeRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<SiteRevokeResult> {
  const host = await links.host();
  const nodes = host.nodes.all();
  const isMeant = (text: string, meant: string): boolean => text.toLowerCase() === meant.toLowerCase();
  const found = nodes.filter(
    (node) =>
      isMeant(node.siteCode, siteCode) &&
      (serverName === undefined ? node.role === 'Site' : isMeant(node.serverName, serverName)),
  );
  const [node] = found;
  if (node === undefined)
    throw new SyncError('ChildSiteNotFound', {
      name: serverName === undefined ? siteCode : `${siteCode} (${serverName})`,
      site: context.site.siteCode,
      known: nodes.map(nodeName).join(', ') || 'none',
    });
  const result: SiteRevokeResult = { SiteCode: node.siteCode, ServerName: node.serverName };
  if (whatIf !== true) await host.children.revoke(node, keep(result));
  return result;
}

/**
 * `site/updateKey`: the key towards the parent, and the certificate of the port. @throws SyncError SiteHasNoParent,
 * ParentNotConnected
 */
export async function updateKey({ context, links }: ServiceParts): Promise<SiteUpdateKeyResult> {
  const host = await links.host();
  if (host.parent === undefined && host.port === undefined)
    throw new SyncError('SiteHasNoParent', { site: context.site.siteCode });
  await host.parent?.untilConnected(DIALLING_MS);
  await host.parent?.rotateKey();
  if (host.port !== undefined) await host.certificates([], true);
  return {
    changed: [
      ...(host.parent === undefined ? [] : ['NodeKey' as const]),
      ...(host.port === undefined ? [] : ['Certificate' as const]),
    ],
  };
}

/** `site/tree`. */
export async function siteTree({ context, links }: ServiceParts): Promise<SiteTreeResult> {
  const host = await links.host();
  const own = describeSite(context.site, context.version);
  const sites = host.tree(own);
  const [siteServer, ...others] = await ownServers(context, own.Type, joinedServers(host));
  const below = sites.slice(1).map((site) => toSiteSystemServer(site.ServerName, site.SiteCode, { type: site.Type }));
  return { sites: [...sites], servers: [...(siteServer === undefined ? [] : [siteServer]), ...below, ...others] };
}

/** What a change of a site system server needs to know. */
export async function serversOfSite({ context, links }: ServiceParts, { keep }: Pick<Asked, 'keep'>) {
  const host = await links.host();
  return { context, keep, type: describeSite(context.site, context.version).Type, joined: joinedServers(host) };
}

function joinedServers({ nodes }: Awaited<ReturnType<ServiceParts['links']['host']>>): readonly string[] {
  return nodes
    .all()
    .filter((node) => node.role === 'SoftwareUpdatePoint')
    .map((node) => node.serverName);
}

function addressOf(
  given: string | undefined,
  port: OpenPort | undefined,
  site: { readonly siteCode: string; readonly serverName: string },
): string {
  if (given !== undefined) {
    const reason = reasonAgainstAddress(given);
    if (reason !== undefined)
      throw new SyncError('InvalidRequest', { method: 'site/joinToken', reason: reason.replace('the', 'The') });
    return new URL(given).origin;
  }
  if (port === undefined) throw new SyncError('ListenerClosed', { site: site.siteCode });
  return addressOfPort(port, site);
}

/** The address of an open port as others reach it. */
export function addressOfPort(port: OpenPort, site: { readonly serverName: string }): string {
  const { host } = port.address;
  const name = host === '0.0.0.0' || host === '::' ? site.serverName : host;
  return `https://${isIP(name) === 6 ? `[${name}]` : name}:${port.address.port}`;
}
