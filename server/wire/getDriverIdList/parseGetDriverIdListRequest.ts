import { readCookie } from '../getCookie/readCookie.js';
import { malformed } from '../malformed.js';
import { type ElementReader, fieldsReader } from '../scan/fieldsReader.js';
import { filterEntryReader } from '../scan/filterEntryReader.js';
import { listReader } from '../scan/listReader.js';
import { readGuid, readText } from '../scan/readValues.js';
import { readRequest } from '../soap/readRequest.js';
import type { DriverFilter, DriverIdListRequest } from './DriverIdList.js';

const readGuidEntries = listReader('IdAndDelta', filterEntryReader(readGuid));

const readFields = fieldsReader({
  Anchor: readText,
  Categories: readGuidEntries,
  ComputerIds: readGuidEntries,
  PnpHardwareIds: listReader('HardwareIdAndDelta', filterEntryReader(readText)),
});

const readFilter: ElementReader<DriverFilter> = (cursor, name) => {
  const {
    Anchor: anchor = '',
    Categories: categories = [],
    ComputerIds: computerIds = [],
    PnpHardwareIds: hardwareIds = [],
  } = readFields(cursor, name);
  return { anchor, categories, computerIds, hardwareIds };
};

const readParameters = fieldsReader({ cookie: readCookie, filter: readFilter });

/** Reads GetDriverIdList (MS-WSUSSS 3.1.4.7). */
export function parseGetDriverIdListRequest(bytes: Uint8Array): DriverIdListRequest {
  const { cookie, filter } = readRequest(bytes, 'GetDriverIdList', readParameters);
  if (filter === undefined) throw malformed('filter', 'it is missing');
  return { cookie, filter };
}
