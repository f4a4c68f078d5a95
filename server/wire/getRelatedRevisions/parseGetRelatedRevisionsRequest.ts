import { malformed } from '../malformed.js';
import { readCookieFields } from '../getCookie/cookieFields.js';
import { readRequest } from '../soap/readPayload.js';
import { childOf } from '../xml/childOf.js';
import { childrenOf } from '../xml/childrenOf.js';
import { guidOf } from '../xml/guidOf.js';
import type { RelatedRevisionsRequest } from './RelatedRevisionsRequest.js';

/** Reads GetRelatedRevisionsForUpdates; the ids come out in lower case. */
export function parseGetRelatedRevisionsRequest(bytes: Uint8Array): RelatedRevisionsRequest {
  const request = readRequest(bytes, 'GetRelatedRevisionsForUpdates');
  const list = childOf(request, 'updateIDs');
  if (list === undefined) throw malformed('updateIDs', 'it is missing');
  return {
    cookie: readCookieFields(childOf(request, 'cookie')),
    updateIds: childrenOf(list, 'guid').map((entry) => guidOf(entry.text)),
  };
}
