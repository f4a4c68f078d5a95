import { element } from '../xml/element.js';
import { writeCookieFields } from '../getCookie/cookieFields.js';
import { writeRequest } from '../soap/writePayload.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import type { RelatedRevisionsRequest } from './RelatedRevisionsRequest.js';

/** Writes GetRelatedRevisionsForUpdates. */
export function writeGetRelatedRevisionsRequest(request: RelatedRevisionsRequest, soap: SoapVersion): Buffer {
  const cookie = request.cookie === undefined ? '' : `<cookie>${writeCookieFields(request.cookie)}</cookie>`;
  const ids = request.updateIds.map((updateId) => element('guid', updateId)).join('');
  return writeRequest('GetRelatedRevisionsForUpdates', `${cookie}<updateIDs>${ids}</updateIDs>`, soap);
}
