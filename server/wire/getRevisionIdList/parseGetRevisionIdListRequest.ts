import type { RevisionFilter } from '../../upstream/Source.js';
import { readCookie } from '../getCookie/readCookie.js';
import { malformed } from '../malformed.js';
import { type ElementReader, fieldsReader } from '../scan/fieldsReader.js';
import { filterEntryReader } from '../scan/filterEntryReader.js';
import { listReader } from '../scan/listReader.js';
import { readBoolean, readGuid, readInteger, readText } from '../scan/readValues.js';
import { readRequest } from '../soap/readRequest.js';
import type { RevisionIdListRequest } from './RevisionIdListRequest.js';

const readGuidEntries = listReader('IdAndDelta', filterEntryReader(readGuid));

const readFields = fieldsReader({
  GetConfig: readBoolean,
  Anchor: readText,
  Categories: readGuidEntries,
  Classifications: readGuidEntries,
  Languages: listReader('LanguageAndDelta', filterEntryReader(readInteger)),
});

const readFilter: ElementReader<RevisionFilter> = (cursor, name) => {
  const {
    GetConfig: config = false,
    Anchor: anchor = '',
    Categories: categories = [],
    Classifications: classifications = [],
    Languages: languages = [],
  } = readFields(cursor, name);
  return { config, anchor, categories, classifications, languages };
};

const readParameters = fieldsReader({ cookie: readCookie, filter: readFilter });

/** Reads GetRevisionIdList (MS-WSUSSS 3.1.4.4). */
export function parseGetRevisionIdListRequest(bytes: Uint8Array): RevisionIdListRequest {
  const { cookie, filter } = readRequest(bytes, 'GetRevisionIdList', readParameters);
  if (filter === undefined) throw malformed('filter', 'it is missing');
  return { cookie, filter };
}
