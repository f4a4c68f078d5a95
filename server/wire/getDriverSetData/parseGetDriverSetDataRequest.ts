import { readCookieFields } from '../getCookie/cookieFields.js';
import { malformed } from '../malformed.js';
import { readRequest } from '../soap/readPayload.js';
import { childOf } from '../xml/childOf.js';
import { guidsOf } from '../xml/guidsOf.js';
import type { DriverSetDataRequest } from './DriverSet.js';

/** Reads GetDriverSetData (MS-WSUSSS 3.1.4.8). */
export function parseGetDriverSetDataRequest(bytes: Uint8Array): DriverSetDataRequest {
  const request = readRequest(bytes, 'GetDriverSetData');
  if (childOf(request, 'driverSets') === undefined) throw malformed('driverSets', 'it is missing');
  return { cookie: readCookieFields(childOf(request, 'cookie')), driverSets: guidsOf(request, 'driverSets') };
}
