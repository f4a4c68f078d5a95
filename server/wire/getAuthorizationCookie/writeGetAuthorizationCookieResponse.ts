import { element } from '../xml/element.js';
import { writeResponse } from '../soap/writePayload.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import type { AuthorizationCookie } from './AuthorizationCookie.js';

/** Writes the authorization cookie in the DssAuth namespace (MS-WSUSSS 3.2.4.1). */
export function writeGetAuthorizationCookieResponse(cookie: AuthorizationCookie, soap: SoapVersion): Buffer {
  return writeResponse(
    'GetAuthorizationCookie',
    element('PlugInId', cookie.plugInId) + element('CookieData', cookie.cookieData),
    soap,
  );
}
