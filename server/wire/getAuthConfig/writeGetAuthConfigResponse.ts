import { element } from '../xml/element.js';
import { writeResponse } from '../soap/writePayload.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import type { AuthConfig, AuthPlugIn } from './AuthConfig.js';

/** Writes ServerAuthConfig (MS-WSUSSS 3.1.4.1). */
export function writeGetAuthConfigResponse(config: AuthConfig, soap: SoapVersion): Buffer {
  const plugIns = config.plugIns.map(writePlugIn).join('');
  const inner = `${element('LastChange', config.lastChange)}<AuthInfo>${plugIns}</AuthInfo><AllowedEventIds/>`;
  return writeResponse('GetAuthConfig', inner, soap);
}

function writePlugIn(plugIn: AuthPlugIn): string {
  const fields =
    element('PlugInID', plugIn.plugInId) +
    element('ServiceUrl', plugIn.serviceUrl) +
    element('Parameter', plugIn.parameter);
  return `<AuthPlugInInfo>${fields}</AuthPlugInInfo>`;
}
