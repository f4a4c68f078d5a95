import type { FilterEntry } from '../../upstream/Source.js';
import { cookieElement } from '../getCookie/cookieFields.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import { writeRequest } from '../soap/writePayload.js';
import { element } from '../xml/element.js';
import { wrapped } from '../xml/wrapped.js';
import type { DriverIdListRequest } from './DriverIdList.js';

/** Writes GetDriverIdList (MS-WSUSSS 3.1.4.7). */
export function writeGetDriverIdListRequest({ cookie, filter }: DriverIdListRequest, soap: SoapVersion): Buffer {
  const fields = [
    element('Anchor', filter.anchor || undefined),
    wrapped('Categories', filter.categories.map(entryOf('IdAndDelta'))),
    wrapped('ComputerIds', filter.computerIds.map(entryOf('IdAndDelta'))),
    wrapped('PnpHardwareIds', filter.hardwareIds.map(entryOf('HardwareIdAndDelta'))),
  ];
  return writeRequest('GetDriverIdList', cookieElement(cookie) + wrapped('filter', fields), soap);
}

function entryOf(name: string): (entry: FilterEntry<string>) => string {
  return ({ id, delta }) => `<${name}>${element('Id', id)}${element('Delta', delta)}</${name}>`;
}
