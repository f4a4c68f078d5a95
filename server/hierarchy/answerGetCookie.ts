import { parseGetCookieRequest, writeGetCookieResponse } from '../wire/getCookie.js';
import type { Cookie } from '../wire/getCookie.js';
import type { SoapVersion } from '../wire/soap.js';
import { answered, refused } from './Answer.js';
import type { Answer } from './Answer.js';
import type { CookieClaims } from './CookieSigner.js';
import type { ServerContext } from './ServerContext.js';

/** Exchanges an authorization cookie for the cookie of all later requests (MS-WSUSSS 3.1.4.2). */
export function answerGetCookie(body: Buffer, soap: SoapVersion, context: ServerContext): Answer {
  const request = parseGetCookieRequest(body);
  const [authorization] = request.authCookies;
  if (authorization === undefined || request.authCookies.length !== 1)
    return refused('InvalidParameters', 'authCookies');
  const claims = context.signer.verify(authorization.cookieData);
  if (!isUsable(claims, context)) return refused('InvalidAuthorizationCookie');
  if (!/^\d+\.\d+$/.test(request.protocolVersion)) return refused('InvalidParameters', 'protocolVersion');
  if (!request.protocolVersion.startsWith('1.')) return refused('IncompatibleProtocolVersion');
  if (isOfAnotherServer(request.oldCookie, context)) return refused('ServerChanged');
  return answered(writeGetCookieResponse(newCookie(claims, context), soap));
}

function isUsable(claims: CookieClaims | undefined, context: ServerContext): claims is CookieClaims {
  const { clock, catalogue } = context.options;
  return claims?.kind === 'authorization' && claims.expires > clock() && claims.serverId === catalogue.serverId;
}

function isOfAnotherServer(cookie: Cookie | undefined, context: ServerContext): boolean {
  const claims = cookie === undefined ? undefined : context.signer.verify(cookie.encryptedData);
  return claims !== undefined && claims.serverId !== context.options.catalogue.serverId;
}

/** Lives 240 minutes or as long as the authorization, if that is sooner. */
function newCookie(authorization: CookieClaims, context: ServerContext): Cookie {
  const expires = Math.min(authorization.expires, context.options.clock() + context.limits.cookieMinutes * 60_000);
  return {
    expiration: new Date(expires).toISOString(),
    encryptedData: context.signer.sign({ ...authorization, kind: 'cookie', expires }),
  };
}
