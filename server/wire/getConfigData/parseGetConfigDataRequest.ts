import { childOf } from '../xml/childOf.js';
import { textOf } from '../xml/textOf.js';
import { readCookieFields } from '../getCookie/cookieFields.js';
import { readRequest } from '../soap/readPayload.js';
import type { ConfigDataRequest } from './ConfigDataRequest.js';

/** Reads GetConfigData (MS-WSUSSS 3.1.4.3). */
export function parseGetConfigDataRequest(bytes: Uint8Array): ConfigDataRequest {
  const request = readRequest(bytes, 'GetConfigData');
  return { cookie: readCookieFields(childOf(request, 'cookie')), configAnchor: textOf(request, 'configAnchor') };
}
