import { malformed } from '../malformed.js';
import { readResult } from '../soap/readResult.js';
import type { Cookie } from './Cookie.js';
import { readCookieFields } from './cookieFields.js';

/** Reads the cookie for all later requests (MS-WSUSSS 3.1.4.2). */
export function parseGetCookieResponse(bytes: Uint8Array): Cookie {
  const cookie = readCookieFields(readResult(bytes, 'GetCookie'));
  if (cookie === undefined) throw malformed('GetCookie', 'it holds no cookie');
  return cookie;
}
