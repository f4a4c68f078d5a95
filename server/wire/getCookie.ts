import { malformed } from '../xml/malformed.js';
import { nameBytes } from '../xml/names.js';
import { textOf } from '../xml/tree.js';
import type { XmlElement } from '../xml/tree.js';
import { element } from '../xml/write.js';
import { fieldsReader, listReader, readWord } from './fields.js';
import type { ElementReader } from './fields.js';
import type { AuthorizationCookie } from './getAuthorizationCookie.js';
import type { OperationName, SoapVersion } from './operations.js';
import { openRequest, readRequest, readResult, writeRequest, writeResponse } from './soap.js';

/**
 * What every later request carries (MS-WSUSSS 2.2.4): `expiration` as written by the server, `encryptedData` base64 and
 * opaque.
 */
export interface Cookie {
  readonly expiration: string;
  readonly encryptedData: string;
}

/**
 * What GetCookie takes (MS-WSUSSS 3.1.4.2): one authorization cookie, the cookie held so far if it is still valid, our
 * protocol version.
 */
interface CookieRequest {
  readonly authCookies: readonly AuthorizationCookie[];
  readonly oldCookie?: Cookie | undefined;
  readonly protocolVersion: string;
}

const COOKIE = nameBytes('cookie');

const readFields = fieldsReader({ Expiration: readWord, EncryptedData: readWord });

/** Reads a cookie of a request; undefined where the element is empty. */
export const readCookie: ElementReader<Cookie | undefined> = (cursor, name) => {
  const { Expiration: expiration, EncryptedData: encryptedData } = readFields(cursor, name);
  if (expiration === undefined && encryptedData === undefined) return undefined;
  return { expiration: expiration ?? '', encryptedData: encryptedData ?? '' };
};

/** The cookie of a request alone. It stands first, so nothing behind it is looked at. */
export function peekCookie(bytes: Uint8Array, operation: OperationName): Cookie | undefined {
  const cursor = openRequest(bytes, operation);
  const { depth } = cursor;
  while (cursor.nextChild(depth)) {
    if (cursor.is(COOKIE)) return readCookie(cursor, 'cookie');
    cursor.skip();
  }
  return undefined;
}

const readAuthCookieFields = fieldsReader({ PlugInId: readWord, CookieData: readWord });

const readAuthorization: ElementReader<AuthorizationCookie> = (cursor, name) => {
  const { PlugInId: plugInId = '', CookieData: cookieData = '' } = readAuthCookieFields(cursor, name);
  return { plugInId, cookieData };
};

const readParameters = fieldsReader({
  authCookies: listReader('AuthorizationCookie', readAuthorization),
  oldCookie: readCookie,
  protocolVersion: readWord,
});

/** Reads GetCookie (MS-WSUSSS 3.1.4.2). */
export function parseGetCookieRequest(bytes: Uint8Array): CookieRequest {
  const { authCookies = [], oldCookie, protocolVersion = '' } = readRequest(bytes, 'GetCookie', readParameters);
  return { authCookies, oldCookie, protocolVersion };
}

/** The fields of a cookie in the order of the WSDL. */
export function writeCookieFields(cookie: Cookie): string {
  return element('Expiration', cookie.expiration) + element('EncryptedData', cookie.encryptedData);
}

/** The fields of a cookie element, in any order; undefined where the element is absent or empty. */
function readCookieFields(cookie: XmlElement | undefined): Cookie | undefined {
  if (cookie === undefined || cookie.children.length === 0) return undefined;
  return { expiration: textOf(cookie, 'Expiration').trim(), encryptedData: textOf(cookie, 'EncryptedData').trim() };
}

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

/** Reads the cookie for all later requests (MS-WSUSSS 3.1.4.2). */
export function parseGetCookieResponse(bytes: Uint8Array): Cookie {
  const cookie = readCookieFields(readResult(bytes, 'GetCookie'));
  if (cookie === undefined) throw malformed('GetCookie', 'it contains no cookie');
  return cookie;
}

/** Writes the cookie for all later requests (MS-WSUSSS 3.1.4.2). */
export function writeGetCookieResponse(cookie: Cookie, soap: SoapVersion): Buffer {
  return writeResponse('GetCookie', writeCookieFields(cookie), soap);
}
