import { malformed } from '../xml/malformed.js';
import { textOf } from '../xml/tree.js';
import { element } from '../xml/write.js';
import { fieldsReader, listReader, readText, readWord } from './fields.js';
import { readRequest, readResult, writeRequest, writeResponse } from './soap.js';
import type { SoapVersion } from './operations.js';

/** Proof of authorization (MS-WSUSSS 2.2.4); `cookieData` is base64 and opaque. */
export interface AuthorizationCookie {
  readonly plugInId: string;
  readonly cookieData: string;
}

/** Who asks (MS-WSUSSS 3.2.4.1): the FQDN of the downstream server and a GUID it chose for itself. */
interface AuthorizationRequest {
  readonly accountName: string;
  readonly accountGuid: string;
  readonly programKeys: readonly string[];
}

const readParameters = fieldsReader({
  accountName: readText,
  accountGuid: readText,
  programKeys: listReader('guid', readWord),
});

/** Reads who asks for authorization (MS-WSUSSS 3.2.4.1). */
export function parseGetAuthorizationCookieRequest(bytes: Uint8Array): AuthorizationRequest {
  const {
    accountName = '',
    accountGuid = '',
    programKeys = [],
  } = readRequest(bytes, 'GetAuthorizationCookie', readParameters);
  return { accountName, accountGuid, programKeys };
}

/** Writes the request of the DssAuth service, in that service's namespace (MS-WSUSSS 3.2.4.1). */
export function writeGetAuthorizationCookieRequest(request: AuthorizationRequest, soap: SoapVersion): Buffer {
  const keys = request.programKeys.map((key) => element('guid', key)).join('');
  const inner =
    `${element('accountName', request.accountName)}${element('accountGuid', request.accountGuid)}` +
    `<programKeys>${keys}</programKeys>`;
  return writeRequest('GetAuthorizationCookie', inner, soap);
}

/**
 * Reads the authorization cookie, field by field because GetCookie repeats it in another namespace (MS-WSUSSS 3.2.4.1).
 */
export function parseGetAuthorizationCookieResponse(bytes: Uint8Array): AuthorizationCookie {
  const result = readResult(bytes, 'GetAuthorizationCookie');
  if (result === undefined) throw malformed('GetAuthorizationCookie', 'it contains no cookie');
  return { plugInId: textOf(result, 'PlugInId').trim(), cookieData: textOf(result, 'CookieData').trim() };
}

/** Writes the authorization cookie in the DssAuth namespace (MS-WSUSSS 3.2.4.1). */
export function writeGetAuthorizationCookieResponse(cookie: AuthorizationCookie, soap: SoapVersion): Buffer {
  return writeResponse(
    'GetAuthorizationCookie',
    element('PlugInId', cookie.plugInId) + element('CookieData', cookie.cookieData),
    soap,
  );
}
