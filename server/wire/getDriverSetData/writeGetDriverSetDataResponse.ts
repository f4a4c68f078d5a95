import type { SoapVersion } from '../soap/SoapVersion.js';
import { writeResponse } from '../soap/writePayload.js';
import { element } from '../xml/element.js';
import { wrapped } from '../xml/wrapped.js';
import type { DriverSet } from './DriverSet.js';

/** Writes driver sets (MS-WSUSSS 3.1.4.8). */
export function writeGetDriverSetDataResponse(sets: readonly DriverSet[], soap: SoapVersion): Buffer {
  const entries = sets.map(
    ({ driverSetId, xml }) =>
      `<ServerSyncDriverSetData>` +
      `${element('DriverSetId', driverSetId)}${element('DriverSetXml', xml)}</ServerSyncDriverSetData>`,
  );
  return writeResponse('GetDriverSetData', wrapped('DriverSets', entries), soap);
}
