import { element } from '../xml/element.js';
import { writeCookieFields } from '../getCookie/cookieFields.js';
import { writeRequest } from '../soap/writePayload.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import type { ConfigDataRequest } from './ConfigDataRequest.js';

/** Writes GetConfigData (MS-WSUSSS 3.1.4.3). */
export function writeGetConfigDataRequest(request: ConfigDataRequest, soap: SoapVersion): Buffer {
  const cookie = request.cookie === undefined ? '' : `<cookie>${writeCookieFields(request.cookie)}</cookie>`;
  return writeRequest('GetConfigData', cookie + element('configAnchor', request.configAnchor || undefined), soap);
}
