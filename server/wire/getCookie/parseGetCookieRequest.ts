import { childOf } from '../xml/childOf.js';
import { childrenOf } from '../xml/childrenOf.js';
import { textOf } from '../xml/textOf.js';
import { readRequest } from '../soap/readPayload.js';
import { readCookieFields } from './cookieFields.js';
import type { CookieRequest } from './CookieRequest.js';

/** Reads GetCookie (MS-WSUSSS 3.1.4.2). */
export function parseGetCookieRequest(bytes: Uint8Array): CookieRequest {
  const request = readRequest(bytes, 'GetCookie');
  const authCookies = childrenOf(childOf(request, 'authCookies'), 'AuthorizationCookie').map((cookie) => ({
    plugInId: textOf(cookie, 'PlugInId').trim(),
    cookieData: textOf(cookie, 'CookieData').trim(),
  }));
  return {
    authCookies,
    oldCookie: readCookieFields(childOf(request, 'oldCookie')),
    protocolVersion: textOf(request, 'protocolVersion').trim(),
  };
}
