import { SyncError } from '../../errors/SyncError.js';
import type { Clock } from '../../platform/Clock.js';
import type { SiteType } from '../../site/describeSite.js';
import { dialParent, withinTime } from '../link/dialParent.js';
import { linkMethods } from '../link/linkContract.js';
import { createNodeKey } from '../link/nodeKey.js';
import { authorityOf } from './JoinToken.js';
import type { JoinToken } from './JoinToken.js';
import type { ParentNote } from './ParentNote.js';

/** Who joins; without a type the one that fits below the parent. */
export interface JoiningNode {
  readonly siteCode: string;
  readonly siteName: string;
  readonly serverName: string;
  readonly type?: SiteType | undefined;
}

/** What joining needs from outside. */
export interface JoinDeps {
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
): Promise<{ readonly type: SiteType; readonly note: ParentNote }> {
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
    ...(type === undefined ? {} : { type }),
  };
  try {
    const joined = await withinTime(channel, channel.request(linkMethods.join, request, 'link.join.result'), {
      clock: deps.clock,
      parent: parent.siteCode,
    });
    return {
      type: joined.type,
      note: {
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
