import { readCookie } from '../getCookie/readCookie.js';
import { malformed } from '../malformed.js';
import { fieldsReader } from '../scan/fieldsReader.js';
import { listReader } from '../scan/listReader.js';
import { readIdentity } from '../scan/readIdentity.js';
import { readRequest } from '../soap/readRequest.js';
import type { UpdateDecryptionRequest } from './UpdateDecryption.js';

const readParameters = fieldsReader({ cookie: readCookie, updateIds: listReader('UpdateIdentity', readIdentity) });

/** Reads GetUpdateDecryptionData (MS-WSUSSS 3.1.4.18). */
export function parseGetUpdateDecryptionDataRequest(bytes: Uint8Array): UpdateDecryptionRequest {
  const { cookie, updateIds: identities } = readRequest(bytes, 'GetUpdateDecryptionData', readParameters);
  if (identities === undefined) throw malformed('updateIds', 'it is missing');
  return { cookie, identities };
}
