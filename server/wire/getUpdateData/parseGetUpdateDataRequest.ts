import { readCookie } from '../getCookie/readCookie.js';
import { malformed } from '../malformed.js';
import { fieldsReader } from '../scan/fieldsReader.js';
import { listReader } from '../scan/listReader.js';
import { readIdentity } from '../scan/readIdentity.js';
import { readRequest } from '../soap/readRequest.js';
import type { UpdateDataRequest } from './UpdateDataRequest.js';

const readParameters = fieldsReader({ cookie: readCookie, updateIds: listReader('UpdateIdentity', readIdentity) });

/** Reads GetUpdateData (MS-WSUSSS 3.1.4.5). */
export function parseGetUpdateDataRequest(bytes: Uint8Array): UpdateDataRequest {
  const { cookie, updateIds: identities } = readRequest(bytes, 'GetUpdateData', readParameters);
  if (identities === undefined) throw malformed('updateIds', 'it is missing');
  return { cookie, identities };
}
