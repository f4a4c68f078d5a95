import { readCookieFields } from '../getCookie/cookieFields.js';
import { malformed } from '../malformed.js';
import { readRequest } from '../soap/readPayload.js';
import { childOf } from '../xml/childOf.js';
import { childrenOf } from '../xml/childrenOf.js';
import { identityOf } from '../xml/identityOf.js';
import type { UpdateDecryptionRequest } from './UpdateDecryption.js';

/** Reads GetUpdateDecryptionData (MS-WSUSSS 3.1.4.18). */
export function parseGetUpdateDecryptionDataRequest(bytes: Uint8Array): UpdateDecryptionRequest {
  const request = readRequest(bytes, 'GetUpdateDecryptionData');
  const list = childOf(request, 'updateIds');
  if (list === undefined) throw malformed('updateIds', 'it is missing');
  return {
    cookie: readCookieFields(childOf(request, 'cookie')),
    identities: childrenOf(list, 'UpdateIdentity').map(identityOf),
  };
}
