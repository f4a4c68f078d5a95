import type { FilterEntry, RevisionFilter } from '../../upstream/Source.js';
import { malformed } from '../malformed.js';
import { booleanOf } from '../xml/booleanOf.js';
import { childOf } from '../xml/childOf.js';
import { childrenOf } from '../xml/childrenOf.js';
import { guidOf } from '../xml/guidOf.js';
import { integerOf } from '../xml/integerOf.js';
import { textOf } from '../xml/textOf.js';
import type { XmlElement } from '../xml/XmlElement.js';
import { readCookieFields } from '../getCookie/cookieFields.js';
import { readRequest } from '../soap/readPayload.js';
import type { RevisionIdListRequest } from './RevisionIdListRequest.js';

/** Reads GetRevisionIdList (MS-WSUSSS 3.1.4.4). */
export function parseGetRevisionIdListRequest(bytes: Uint8Array): RevisionIdListRequest {
  const request = readRequest(bytes, 'GetRevisionIdList');
  const filter = childOf(request, 'filter');
  if (filter === undefined) throw malformed('filter', 'it is missing');
  return { cookie: readCookieFields(childOf(request, 'cookie')), filter: readFilter(filter) };
}

function readFilter(filter: XmlElement): RevisionFilter {
  return {
    config: booleanOf(filter, 'GetConfig'),
    anchor: textOf(filter, 'Anchor'),
    categories: childrenOf(childOf(filter, 'Categories'), 'IdAndDelta').map(readGuidEntry),
    classifications: childrenOf(childOf(filter, 'Classifications'), 'IdAndDelta').map(readGuidEntry),
    languages: childrenOf(childOf(filter, 'Languages'), 'LanguageAndDelta').map((entry) => ({
      id: integerOf(entry, 'Id', 0),
      delta: booleanOf(entry, 'Delta'),
    })),
  };
}

function readGuidEntry(entry: XmlElement): FilterEntry<string> {
  return { id: guidOf(textOf(entry, 'Id')), delta: booleanOf(entry, 'Delta') };
}
