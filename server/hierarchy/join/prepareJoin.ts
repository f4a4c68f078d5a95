import { SyncError } from '../../errors/SyncError.js';
import { realSealer } from '../../platform/sealSecret.js';
import type { SiteJoin } from '../../site/createSite.js';
import { decodeJoinToken } from './JoinToken.js';
import { type JoinDeps, joinParent } from './joinParent.js';
import { parentNoteText } from './ParentNote.js';

/** Makes of a token what joins a new site. @throws SyncError JoinTokenInvalid */
export function prepareJoin(
  wanted: { readonly token: string; readonly parentSiteCode: string | undefined },
  deps: JoinDeps,
): SiteJoin {
  const token = decodeJoinToken(wanted.token);
  if (wanted.parentSiteCode !== undefined && wanted.parentSiteCode.toUpperCase() !== token.siteCode)
    throw new SyncError('JoinTokenInvalid', {
      reason: `it is of the site ${token.siteCode}, not of ${wanted.parentSiteCode}`,
    });
  return {
    parentSiteCode: token.siteCode,
    role: token.role,
    join: async ({ secret, ...site }) => {
      const { type, note } = await joinParent(token, site, deps);
      return { type, parentNote: await parentNoteText(note, secret, realSealer()) };
    },
  };
}
