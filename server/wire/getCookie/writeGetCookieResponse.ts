import { writeResponse } from '../soap/writePayload.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import type { Cookie } from './Cookie.js';
import { writeCookieFields } from './cookieFields.js';

/** Writes the cookie for all later requests (MS-WSUSSS 3.1.4.2). */
export function writeGetCookieResponse(cookie: Cookie, soap: SoapVersion): Buffer {
  return writeResponse('GetCookie', writeCookieFields(cookie), soap);
}
