import { cookieElement } from '../getCookie/cookieFields.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import { writeRequest } from '../soap/writePayload.js';
import { ROLLUP_COOKIE } from './rollupCookie.js';

/** Writes GetRollupConfiguration (MS-WSUSSS 3.1.4.13). */
export function writeGetRollupConfigurationRequest(soap: SoapVersion): Buffer {
  return writeRequest('GetRollupConfiguration', cookieElement(ROLLUP_COOKIE), soap);
}
