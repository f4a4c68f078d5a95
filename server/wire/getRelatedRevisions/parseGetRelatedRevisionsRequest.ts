import { readCookie } from '../getCookie/readCookie.js';
import { malformed } from '../malformed.js';
import { fieldsReader } from '../scan/fieldsReader.js';
import { listReader } from '../scan/listReader.js';
import { readGuid } from '../scan/readValues.js';
import { readRequest } from '../soap/readRequest.js';
import type { RelatedRevisionsRequest } from './RelatedRevisionsRequest.js';

const readParameters = fieldsReader({ cookie: readCookie, updateIDs: listReader('guid', readGuid) });

/** Reads GetRelatedRevisionsForUpdates; the ids come out in lower case. */
export function parseGetRelatedRevisionsRequest(bytes: Uint8Array): RelatedRevisionsRequest {
  const { cookie, updateIDs: updateIds } = readRequest(bytes, 'GetRelatedRevisionsForUpdates', readParameters);
  if (updateIds === undefined) throw malformed('updateIDs', 'it is missing');
  return { cookie, updateIds };
}
