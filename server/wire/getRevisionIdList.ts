import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { Steps } from '../platform/inTurns.js';
import { XmlCursor } from '../xml/XmlCursor.js';
import { malformed } from '../xml/malformed.js';
import { nameBytes } from '../xml/names.js';
import { element } from '../xml/write.js';
import { fieldsReader, filterEntryReader, listReader, readBoolean, readGuid, readInteger, readText } from './fields.js';
import type { ElementReader, FilterEntry } from './fields.js';
import { readCookie, writeCookieFields } from './getCookie.js';
import type { Cookie } from './getCookie.js';
import { readIdentityList } from './identity.js';
import { openResult } from './payload.js';
import { readRequest, responseFrame, writeRequest } from './soap.js';
import type { MessageFrame } from './soap.js';
import type { SoapVersion } from './operations.js';

/**
 * Which revisions are asked for. `config` true: categories, classifications and detectoids; the lists are then ignored.
 */
export interface RevisionFilter {
  readonly config: boolean;
  readonly anchor: string;
  readonly categories: readonly FilterEntry<string>[];
  readonly classifications: readonly FilterEntry<string>[];
  /** LCIDs. */
  readonly languages: readonly FilterEntry<number>[];
}

/** The ids a source offers for a filter, and the anchor that stands for this answer. */
export interface RevisionList {
  readonly anchor: string;
  readonly revisions: readonly UpdateIdentity[];
}

/** What GetRevisionIdList takes (MS-WSUSSS 3.1.4.4). */
interface RevisionIdListRequest {
  readonly cookie: Cookie | undefined;
  readonly filter: RevisionFilter;
}

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

/**
 * Writes GetRevisionIdList; Microsoft Update ignores filters whose children stand in another order (MS-WSUSSS 3.1.4.4).
 */
export function writeGetRevisionIdListRequest(request: RevisionIdListRequest, soap: SoapVersion): Buffer {
  const cookie = request.cookie === undefined ? '' : `<cookie>${writeCookieFields(request.cookie)}</cookie>`;
  return writeRequest('GetRevisionIdList', `${cookie}<filter>${writeFilter(request.filter)}</filter>`, soap);
}

function writeFilter(filter: RevisionFilter): string {
  // An empty Anchor is not the same as none: Windows cannot parse it.
  return (
    element('Anchor', filter.anchor || undefined) +
    element('GetConfig', filter.config) +
    element('Get63LanguageOnly', false) +
    `<Categories>${filter.categories.map((entry) => writeEntry('IdAndDelta', entry)).join('')}</Categories>` +
    `<Classifications>` +
    `${filter.classifications.map((entry) => writeEntry('IdAndDelta', entry)).join('')}</Classifications>` +
    `<Languages>${filter.languages.map((entry) => writeEntry('LanguageAndDelta', entry)).join('')}</Languages>`
  );
}

function writeEntry(name: string, entry: FilterEntry<string | number>): string {
  return `<${name}>${element('Id', entry.id)}${element('Delta', entry.delta)}</${name}>`;
}

const ANCHOR = nameBytes('Anchor');
const NEW_REVISIONS = nameBytes('NewRevisions');

/** More ids than any catalogue has; a list beyond that is an attack or an error. */
const MAXIMUM_IDENTITIES = 5_000_000;

/** Reads the list from its bytes, megabytes of ids included (MS-WSUSSS 3.1.4.4). */
export function* parseGetRevisionIdListResponse(bytes: Uint8Array): Steps<RevisionList> {
  const cursor = new XmlCursor(bytes, 'GetRevisionIdList');
  let anchor = '';
  let revisions: UpdateIdentity[] = [];
  if (openResult(cursor, 'GetRevisionIdList')) {
    const { depth } = cursor;
    while (cursor.nextChild(depth)) {
      if (cursor.is(ANCHOR)) anchor = cursor.text();
      else if (cursor.is(NEW_REVISIONS)) revisions = yield* readIdentityList(cursor, MAXIMUM_IDENTITIES);
      else cursor.skip();
    }
  }
  cursor.expectEnd();
  return { anchor, revisions };
}

/** What stands around the identities of a list; there is no paging in this protocol (MS-WSUSSS 3.1.4.4). */
export function revisionListFrame(anchor: string, soap: SoapVersion): MessageFrame {
  const first = `${element('Anchor', anchor)}<NewRevisions>`;
  return responseFrame('GetRevisionIdList', { first, last: '</NewRevisions>' }, soap);
}

/** Some identities of a list. */
export function writeListedRevisions(identities: readonly UpdateIdentity[]): Buffer {
  return Buffer.from(identities.map(writeIdentity).join(''), 'latin1');
}

function writeIdentity({ updateId, revisionNumber }: UpdateIdentity): string {
  return (
    `<UpdateIdentity><UpdateID>${updateId}</UpdateID><RevisionNumber>${revisionNumber}</RevisionNumber>` +
    `</UpdateIdentity>`
  );
}
