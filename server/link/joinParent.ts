import { SyncError } from '../errors/SyncError.js';
import type { Clock } from '../platform/Clock.js';
import { realSealer } from '../platform/sealSecret.js';
import type { SiteType } from '../site/SiteFolder.js';
import type { SiteJoin } from '../site/createSite.js';
import { authorityOf, decodeJoinToken } from './JoinToken.js';
import type { JoinToken } from './JoinToken.js';
import { parentRecordText } from './ParentRecord.js';
import type { ParentRecord } from './ParentRecord.js';
import { dialParent, withinTime } from './dialParent.js';
import { LINK_METHODS } from './linkContract.js';
import { createNodeKey } from './nodeKey.js';

/** Who joins; without a type the one that fits below the parent. */
export interface JoiningNode {
  readonly siteCode: string;
  readonly siteName: string;
  readonly serverName: string;
  readonly type?: SiteType | undefined;
}

/** What joining needs from outside. */
interface JoinDeps {
  readonly version: string;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/**
 * Joins the parent that a token names, with a new key. The token is spent by a success only.
 * @throws SyncError JoinTokenExpired, JoinTokenRefused, SiteCodeTaken, SiteLoop, SiteLevelInvalid, ParentUnreachable,
 * ParentNotTrusted, …
 */
export async function joinParent(
  token: JoinToken,
  node: JoiningNode,
  deps: JoinDeps,
): Promise<{ readonly type: SiteType; readonly record: ParentRecord }> {
  if (Date.parse(token.expires) <= deps.clock.now().getTime())
    throw new SyncError('JoinTokenExpired', { site: token.siteCode, time: token.expires });
  const key = createNodeKey();
  const parent = { siteCode: token.siteCode, address: new URL(token.address).origin, authority: authorityOf(token) };
  const { channel } = await dialParent({
    parent,
    node: { siteCode: node.siteCode, serverName: node.serverName },
    ...deps,
  });
  const { siteCode, siteName, serverName, type } = node;
  const request = {
    secret: token.secret,
    siteCode,
    siteName,
    serverName,
    publicKey: key.publicKey,
    type,
  };
  try {
    const joined = await withinTime(channel, channel.request(LINK_METHODS.join, request, 'link.join.result'), {
      clock: deps.clock,
      parent: parent.siteCode,
    });
    return {
      type: joined.type,
      record: {
        ...parent,
        nodeId: joined.nodeId,
        role: joined.role,
        siteCodes: joined.siteCodes,
        privateKey: key.privateKey,
        nextPrivateKey: '',
      },
    };
  } finally {
    channel.end();
  }
}

/** Makes of a token what joins a new site. @throws SyncError JoinTokenInvalid */
export function prepareJoin(
  wanted: { readonly token: string; readonly parentSiteCode: string | undefined },
  deps: JoinDeps,
): SiteJoin {
  const token = decodeJoinToken(wanted.token);
  if (wanted.parentSiteCode !== undefined && wanted.parentSiteCode.toUpperCase() !== token.siteCode)
    throw new SyncError('JoinTokenInvalid', {
      reason: `it is for the site ${token.siteCode}, not for ${wanted.parentSiteCode}`,
    });
  return {
    parentSiteCode: token.siteCode,
    role: token.role,
    join: async ({ secret, ...site }) => {
      const { type, record } = await joinParent(token, site, deps);
      return { type, parentRecord: await parentRecordText(record, secret, realSealer()) };
    },
  };
}
