import { malformed } from '../xml/malformed.js';
import { element, wrapped } from '../xml/write.js';
import { fieldsReader, listReader, readGuid } from './fields.js';
import { readCookie } from './getCookie.js';
import type { Cookie } from './getCookie.js';
import { readRequest, writeResponse } from './soap.js';
import type { SoapVersion } from './operations.js';

/** What GetDriverSetData takes (MS-WSUSSS 3.1.4.8): GUIDs of driver sets. */
export interface DriverSetDataRequest {
  readonly cookie: Cookie | undefined;
  readonly driverSets: readonly string[];
}

/** A driver set and its targeting document. */
export interface DriverSet {
  readonly driverSetId: string;
  readonly xml: string;
}

const readParameters = fieldsReader({ cookie: readCookie, driverSets: listReader('guid', readGuid) });

/** Reads GetDriverSetData (MS-WSUSSS 3.1.4.8). */
export function parseGetDriverSetDataRequest(bytes: Uint8Array): DriverSetDataRequest {
  const { cookie, driverSets } = readRequest(bytes, 'GetDriverSetData', readParameters);
  if (driverSets === undefined) throw malformed('driverSets', 'it is missing');
  return { cookie, driverSets };
}

/** Writes driver sets (MS-WSUSSS 3.1.4.8). */
export function writeGetDriverSetDataResponse(sets: readonly DriverSet[], soap: SoapVersion): Buffer {
  const entries = sets.map(
    ({ driverSetId, xml }) =>
      `<ServerSyncDriverSetData>` +
      `${element('DriverSetId', driverSetId)}${element('DriverSetXml', xml)}</ServerSyncDriverSetData>`,
  );
  return writeResponse('GetDriverSetData', wrapped('DriverSets', entries), soap);
}
