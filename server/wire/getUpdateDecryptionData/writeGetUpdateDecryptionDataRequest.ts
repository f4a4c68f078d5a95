import { cookieElement } from '../getCookie/cookieFields.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import { writeRequest } from '../soap/writePayload.js';
import { identityElement } from '../xml/identityElement.js';
import { wrapped } from '../xml/wrapped.js';
import type { UpdateDecryptionRequest } from './UpdateDecryption.js';

/** Writes GetUpdateDecryptionData (MS-WSUSSS 3.1.4.18). */
export function writeGetUpdateDecryptionDataRequest(request: UpdateDecryptionRequest, soap: SoapVersion): Buffer {
  const ids = wrapped(
    'updateIds',
    request.identities.map((identity) => identityElement('UpdateIdentity', identity)),
  );
  return writeRequest('GetUpdateDecryptionData', cookieElement(request.cookie) + ids, soap);
}
