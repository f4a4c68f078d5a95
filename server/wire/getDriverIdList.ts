import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import {
  type ElementReader,
  fieldsReader,
  type FilterEntry,
  filterEntryReader,
  listReader,
  readGuid,
  readText,
} from './fields.js';
import { malformed } from '../xml/malformed.js';
import { element, wrapped } from '../xml/write.js';
import { readCookie } from './getCookie.js';
import type { Cookie } from './getCookie.js';
import { identityElement } from './identity.js';
import { readRequest, writeResponse } from './soap.js';
import type { SoapVersion } from './operations.js';

/** Which drivers are asked for (ServerSyncDriverFilter, MS-WSUSSS 3.1.4.7); `anchor` '' the first time. */
interface DriverFilter {
  readonly anchor: string;
  readonly categories: readonly FilterEntry<string>[];
  readonly computerIds: readonly FilterEntry<string>[];
  readonly hardwareIds: readonly FilterEntry<string>[];
}

/** What GetDriverIdList takes. */
export interface DriverIdListRequest {
  readonly cookie: Cookie | undefined;
  readonly filter: DriverFilter;
}

/** What it answers with: drivers, and sets of drivers by their GUIDs. */
export interface DriverIdList {
  readonly anchor: string;
  readonly revisions: readonly UpdateIdentity[];
  readonly newDriverSets: readonly string[];
  readonly removedDriverSets: readonly string[];
}

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

/** Writes the list of drivers and driver sets (MS-WSUSSS 3.1.4.7). */
export function writeGetDriverIdListResponse(list: DriverIdList, soap: SoapVersion): Buffer {
  const guids = (name: string, ids: readonly string[]): string =>
    wrapped(
      name,
      ids.map((id) => element('guid', id)),
    );
  return writeResponse(
    'GetDriverIdList',
    [
      element('Anchor', list.anchor),
      wrapped(
        'NewRevisions',
        list.revisions.map((identity) => identityElement('UpdateIdentity', identity)),
      ),
      guids('NewDriverSets', list.newDriverSets),
      guids('RemovedDriverSets', list.removedDriverSets),
    ].join(''),
    soap,
  );
}
