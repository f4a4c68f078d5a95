import type { Cookie } from '../wire/getCookie.js';
import { refused } from './Answer.js';
import type { Answer } from './Answer.js';
import type { ServerContext } from './ServerContext.js';

/** The refusal that a cookie deserves, undefined for a good one (the common checks of MS-WSUSSS 3.1.4). */
export function checkCookie(cookie: Cookie | undefined, context: ServerContext): Answer | undefined {
  const claims = context.signer.verify(cookie?.encryptedData ?? '');
  const { clock, catalogue } = context.options;
  if (claims?.kind !== 'cookie' || claims.expires <= clock()) return refused('InvalidCookie');
  return claims.serverId === catalogue.serverId ? undefined : refused('ServerChanged');
}
