import { malformed } from '../malformed.js';
import { textOf } from '../xml/textOf.js';
import { readResult } from '../soap/readResult.js';
import type { AuthorizationCookie } from './AuthorizationCookie.js';

/**
 * Reads the authorization cookie, field by field because GetCookie repeats it in another namespace (MS-WSUSSS 3.2.4.1).
 */
export function parseGetAuthorizationCookieResponse(bytes: Uint8Array): AuthorizationCookie {
  const result = readResult(bytes, 'GetAuthorizationCookie');
  if (result === undefined) throw malformed('GetAuthorizationCookie', 'it holds no cookie');
  return { plugInId: textOf(result, 'PlugInId').trim(), cookieData: textOf(result, 'CookieData').trim() };
}
