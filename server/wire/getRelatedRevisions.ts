import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { Steps } from '../platform/inTurns.js';
import { XmlCursor } from '../xml/XmlCursor.js';
import { malformed } from '../xml/malformed.js';
import { element } from '../xml/write.js';
import { fieldsReader, listReader, readGuid } from './fields.js';
import { readCookie, writeCookieFields } from './getCookie.js';
import type { Cookie } from './getCookie.js';
import { readIdentityList } from './identity.js';
import { openResult } from './payload.js';
import { readRequest, writeRequest, writeResponse } from './soap.js';
import type { SoapVersion } from './operations.js';

/** What GetRelatedRevisionsForUpdates takes (MS-WSUSSS 3.1.4, appendix WSDL): update ids without revision. */
interface RelatedRevisionsRequest {
  readonly cookie: Cookie | undefined;
  readonly updateIds: readonly string[];
}

const readParameters = fieldsReader({ cookie: readCookie, updateIDs: listReader('guid', readGuid) });

/** Reads GetRelatedRevisionsForUpdates; the ids come out in lower case. */
export function parseGetRelatedRevisionsRequest(bytes: Uint8Array): RelatedRevisionsRequest {
  const { cookie, updateIDs: updateIds } = readRequest(bytes, 'GetRelatedRevisionsForUpdates', readParameters);
  if (updateIds === undefined) throw malformed('updateIDs', 'it is missing');
  return { cookie, updateIds };
}

/** Writes GetRelatedRevisionsForUpdates. */
export function writeGetRelatedRevisionsRequest(request: RelatedRevisionsRequest, soap: SoapVersion): Buffer {
  const cookie = request.cookie === undefined ? '' : `<cookie>${writeCookieFields(request.cookie)}</cookie>`;
  const ids = request.updateIds.map((updateId) => element('guid', updateId)).join('');
  return writeRequest('GetRelatedRevisionsForUpdates', `${cookie}<updateIDs>${ids}</updateIDs>`, soap);
}

const MAXIMUM_IDENTITIES = 100_000;

/** Reads the revisions that a server names for update ids; no result means none. */
export function* parseGetRelatedRevisionsResponse(bytes: Uint8Array): Steps<UpdateIdentity[]> {
  const cursor = new XmlCursor(bytes, 'GetRelatedRevisionsForUpdates');
  const revisions = openResult(cursor, 'GetRelatedRevisionsForUpdates')
    ? yield* readIdentityList(cursor, MAXIMUM_IDENTITIES)
    : [];
  cursor.expectEnd();
  return revisions;
}

/** Writes the current revisions of the update ids that were asked for. */
export function writeGetRelatedRevisionsResponse(revisions: readonly UpdateIdentity[], soap: SoapVersion): Buffer {
  const list = revisions.map(
    ({ updateId, revisionNumber }) =>
      `<UpdateIdentity>${element('UpdateID', updateId)}${element('RevisionNumber', revisionNumber)}</UpdateIdentity>`,
  );
  return writeResponse('GetRelatedRevisionsForUpdates', list.join(''), soap);
}
