import { DSS_TARGETING, parseGetAuthConfigRequest, writeGetAuthConfigResponse } from '../wire/getAuthConfig.js';
import {
  parseGetAuthorizationCookieRequest,
  writeGetAuthorizationCookieResponse,
} from '../wire/getAuthorizationCookie.js';
import { type Cookie, parseGetCookieRequest, writeGetCookieResponse } from '../wire/getCookie.js';
import { DSS_AUTH_PATH, type SoapVersion } from '../wire/operations.js';
import { type Answer, answered, type CookieClaims, refused, type ServerContext } from './ServerContext.js';

const LAST_CHANGE = '2020-01-01T00:00:00Z';

/** Names the one plug-in, its address relative to the server root (MS-WSUSSS 3.1.4.1). */
export function answerGetAuthConfig(body: Buffer, soap: SoapVersion): Answer {
  parseGetAuthConfigRequest(body);
  const plugIns = [{ plugInId: DSS_TARGETING, serviceUrl: DSS_AUTH_PATH, parameter: '' }];
  return answered(writeGetAuthConfigResponse({ lastChange: LAST_CHANGE, plugIns }, soap));
}

const GUID = /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;
const NAME = /^[^\s<>"'&]{1,255}$/;

/** Gives a downstream server the right to ask for a cookie (MS-WSUSSS 3.2.4.1). */
export function answerGetAuthorizationCookie(body: Buffer, soap: SoapVersion, context: ServerContext): Answer {
  const request = parseGetAuthorizationCookieRequest(body);
  // Windows calls the parameter so, whatever the WSDL says.
  if (!NAME.test(request.accountName)) return refused('InvalidParameters', 'machineName');
  if (!GUID.test(request.accountGuid.trim())) return refused('InvalidParameters', 'accountGuid');
  const { options, limits, signer } = context;
  const cookieData = signer.sign({
    kind: 'authorization',
    expires: options.clock() + limits.cookieMinutes * 60_000,
    serverId: options.catalogue.serverId,
    account: request.accountName,
  });
  return answered(writeGetAuthorizationCookieResponse({ plugInId: DSS_TARGETING, cookieData }, soap));
}

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

/** The refusal that a cookie deserves, undefined for a good one (the common checks of MS-WSUSSS 3.1.4). */
export function checkCookie(cookie: Cookie | undefined, context: ServerContext): Answer | undefined {
  const claims = context.signer.verify(cookie?.encryptedData ?? '');
  const { clock, catalogue } = context.options;
  if (claims?.kind !== 'cookie' || claims.expires <= clock()) return refused('InvalidCookie');
  return claims.serverId === catalogue.serverId ? undefined : refused('ServerChanged');
}
