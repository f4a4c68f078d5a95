import type { FilterEntry } from '../../upstream/Source.js';
import { readCookieFields } from '../getCookie/cookieFields.js';
import { malformed } from '../malformed.js';
import { readRequest } from '../soap/readPayload.js';
import { booleanOf } from '../xml/booleanOf.js';
import { childOf } from '../xml/childOf.js';
import { childrenOf } from '../xml/childrenOf.js';
import { guidOf } from '../xml/guidOf.js';
import { textOf } from '../xml/textOf.js';
import type { XmlElement } from '../xml/XmlElement.js';
import type { DriverIdListRequest } from './DriverIdList.js';

/** Reads GetDriverIdList (MS-WSUSSS 3.1.4.7). */
export function parseGetDriverIdListRequest(bytes: Uint8Array): DriverIdListRequest {
  const request = readRequest(bytes, 'GetDriverIdList');
  const filter = childOf(request, 'filter');
  if (filter === undefined) throw malformed('filter', 'it is missing');
  return {
    cookie: readCookieFields(childOf(request, 'cookie')),
    filter: {
      anchor: textOf(filter, 'Anchor'),
      categories: guidEntries(filter, 'Categories'),
      computerIds: guidEntries(filter, 'ComputerIds'),
      hardwareIds: hardwareEntries(filter),
    },
  };
}

function guidEntries(filter: XmlElement, name: string): readonly FilterEntry<string>[] {
  return childrenOf(childOf(filter, name), 'IdAndDelta').map((entry) => ({
    id: guidOf(textOf(entry, 'Id')),
    delta: booleanOf(entry, 'Delta'),
  }));
}

function hardwareEntries(filter: XmlElement): readonly FilterEntry<string>[] {
  return childrenOf(childOf(filter, 'PnpHardwareIds'), 'HardwareIdAndDelta').map((entry) => ({
    id: textOf(entry, 'Id'),
    delta: booleanOf(entry, 'Delta'),
  }));
}
