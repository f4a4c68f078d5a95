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
import { childOf, childrenOf, textOf } from '../xml/tree.js';
import { guidsOf } from '../xml/values.js';
import { element, wrapped } from '../xml/write.js';
import { cookieElement, readCookie } from './getCookie.js';
import type { Cookie } from './getCookie.js';
import { identityElement, identityOf } from './identity.js';
import { readRequest, readResult, writeRequest, writeResponse } from './soap.js';
import type { SoapVersion } from './soap.js';

/** Which drivers are asked for (ServerSyncDriverFilter, MS-WSUSSS 3.1.4.7); `anchor` '' the first time. */
interface DriverFilter {
  readonly anchor: string;
  readonly categories: readonly FilterEntry<string>[];
  readonly computerIds: readonly FilterEntry<string>[];
  readonly hardwareIds: readonly FilterEntry<string>[];
}

/** What GetDriverIdList takes. */
interface DriverIdListRequest {
  readonly cookie: Cookie | undefined;
  readonly filter: DriverFilter;
}

/** What it answers with: drivers, and sets of drivers by their GUIDs. */
interface DriverIdList {
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

/** Reads the list of drivers and driver sets (MS-WSUSSS 3.1.4.7). */
export function parseGetDriverIdListResponse(bytes: Uint8Array): DriverIdList {
  const result = readResult(bytes, 'GetDriverIdList');
  return {
    anchor: textOf(result, 'Anchor'),
    revisions: childrenOf(childOf(result, 'NewRevisions'), 'UpdateIdentity').map(identityOf),
    newDriverSets: guidsOf(result, 'NewDriverSets'),
    removedDriverSets: guidsOf(result, 'RemovedDriverSets'),
  };
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
