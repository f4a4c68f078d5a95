import { element } from '../xml/element.js';
import { writeCookieFields } from '../getCookie/cookieFields.js';
import { writeRequest } from '../soap/writePayload.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import type { UpdateDataRequest } from './UpdateDataRequest.js';

/** Writes GetUpdateData (MS-WSUSSS 3.1.4.5). */
export function writeGetUpdateDataRequest(request: UpdateDataRequest, soap: SoapVersion): Buffer {
  const cookie = request.cookie === undefined ? '' : `<cookie>${writeCookieFields(request.cookie)}</cookie>`;
  const ids = request.identities.map(
    ({ updateId, revisionNumber }) =>
      `<UpdateIdentity>${element('UpdateID', updateId)}${element('RevisionNumber', revisionNumber)}</UpdateIdentity>`,
  );
  return writeRequest('GetUpdateData', `${cookie}<updateIds>${ids.join('')}</updateIds>`, soap);
}
