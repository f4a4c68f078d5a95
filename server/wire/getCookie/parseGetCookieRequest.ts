import type { AuthorizationCookie } from '../getAuthorizationCookie/AuthorizationCookie.js';
import { type ElementReader, fieldsReader } from '../scan/fieldsReader.js';
import { listReader } from '../scan/listReader.js';
import { readWord } from '../scan/readValues.js';
import { readRequest } from '../soap/readRequest.js';
import type { CookieRequest } from './CookieRequest.js';
import { readCookie } from './readCookie.js';

const readFields = fieldsReader({ PlugInId: readWord, CookieData: readWord });

const readAuthorization: ElementReader<AuthorizationCookie> = (cursor, name) => {
  const { PlugInId: plugInId = '', CookieData: cookieData = '' } = readFields(cursor, name);
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
