import { readCookie } from '../getCookie/readCookie.js';
import { malformed } from '../malformed.js';
import { fieldsReader } from '../scan/fieldsReader.js';
import { listReader } from '../scan/listReader.js';
import { readGuid } from '../scan/readValues.js';
import { readRequest } from '../soap/readRequest.js';
import type { DriverSetDataRequest } from './DriverSet.js';

const readParameters = fieldsReader({ cookie: readCookie, driverSets: listReader('guid', readGuid) });

/** Reads GetDriverSetData (MS-WSUSSS 3.1.4.8). */
export function parseGetDriverSetDataRequest(bytes: Uint8Array): DriverSetDataRequest {
  const { cookie, driverSets } = readRequest(bytes, 'GetDriverSetData', readParameters);
  if (driverSets === undefined) throw malformed('driverSets', 'it is missing');
  return { cookie, driverSets };
}
