import { writeRequest } from '../soap/writePayload.js';
import type { SoapVersion } from '../soap/SoapVersion.js';

/** GetAuthConfig has no parameters (MS-WSUSSS 3.1.4.1). */
export function writeGetAuthConfigRequest(soap: SoapVersion): Buffer {
  return writeRequest('GetAuthConfig', '', soap);
}
