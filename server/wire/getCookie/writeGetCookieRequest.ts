import { element } from '../xml/element.js';
import { writeRequest } from '../soap/writePayload.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import { writeCookieFields } from './cookieFields.js';
import type { CookieRequest } from './CookieRequest.js';

/** Writes GetCookie; the authorization cookie changes its namespace here (MS-WSUSSS 3.1.4.2). */
export function writeGetCookieRequest(request: CookieRequest, soap: SoapVersion): Buffer {
  const cookies = request.authCookies.map(
    (cookie) =>
      `<AuthorizationCookie>` +
      `${element('PlugInId', cookie.plugInId)}${element('CookieData', cookie.cookieData)}</AuthorizationCookie>`,
  );
  const old = request.oldCookie === undefined ? '' : `<oldCookie>${writeCookieFields(request.oldCookie)}</oldCookie>`;
  return writeRequest(
    'GetCookie',
    `<authCookies>${cookies.join('')}</authCookies>${old}${element('protocolVersion', request.protocolVersion)}`,
    soap,
  );
}
