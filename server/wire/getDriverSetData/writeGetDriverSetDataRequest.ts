import { cookieElement } from '../getCookie/cookieFields.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import { writeRequest } from '../soap/writePayload.js';
import { element } from '../xml/element.js';
import { wrapped } from '../xml/wrapped.js';
import type { DriverSetDataRequest } from './DriverSet.js';

/** Writes GetDriverSetData (MS-WSUSSS 3.1.4.8). */
export function writeGetDriverSetDataRequest({ cookie, driverSets }: DriverSetDataRequest, soap: SoapVersion): Buffer {
  return writeRequest(
    'GetDriverSetData',
    cookieElement(cookie) +
      wrapped(
        'driverSets',
        driverSets.map((id) => element('guid', id)),
      ),
    soap,
  );
}
