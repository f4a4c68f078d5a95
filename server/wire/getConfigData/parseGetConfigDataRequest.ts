import { readCookie } from '../getCookie/readCookie.js';
import { fieldsReader } from '../scan/fieldsReader.js';
import { readText } from '../scan/readValues.js';
import { readRequest } from '../soap/readRequest.js';
import type { ConfigDataRequest } from './ConfigDataRequest.js';

const readParameters = fieldsReader({ cookie: readCookie, configAnchor: readText });

/** Reads GetConfigData (MS-WSUSSS 3.1.4.3). */
export function parseGetConfigDataRequest(bytes: Uint8Array): ConfigDataRequest {
  const { cookie, configAnchor = '' } = readRequest(bytes, 'GetConfigData', readParameters);
  return { cookie, configAnchor };
}
