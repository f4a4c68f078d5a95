import { element } from '../xml/element.js';
import { writeRequest } from '../soap/writePayload.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import type { AuthorizationRequest } from './AuthorizationRequest.js';

/** Writes the request of the DssAuth service, in that service's namespace (MS-WSUSSS 3.2.4.1). */
export function writeGetAuthorizationCookieRequest(request: AuthorizationRequest, soap: SoapVersion): Buffer {
  const keys = request.programKeys.map((key) => element('guid', key)).join('');
  const inner =
    `${element('accountName', request.accountName)}${element('accountGuid', request.accountGuid)}` +
    `<programKeys>${keys}</programKeys>`;
  return writeRequest('GetAuthorizationCookie', inner, soap);
}
