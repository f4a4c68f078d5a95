import { childOf, childrenOf, textOf } from '../xml/tree.js';
import { element } from '../xml/write.js';
import { fieldsReader } from './fields.js';
import { readRequest, readResult, writeRequest, writeResponse } from './soap.js';
import type { SoapVersion } from './operations.js';

/** One way to be authorized (MS-WSUSSS 3.1.4.1, AuthPlugInInfo); `serviceUrl` may be relative to the server root. */
interface AuthPlugIn {
  readonly plugInId: string;
  readonly serviceUrl: string;
  readonly parameter: string;
}

/** What a server says about authorization (ServerAuthConfig). `lastChange` is an ISO 8601 dateTime as written. */
interface AuthConfig {
  readonly lastChange: string;
  readonly plugIns: readonly AuthPlugIn[];
}

/** The one plug-in that exists. */
export const DSS_TARGETING = 'DssTargeting';

/** Checks that the bytes are a GetAuthConfig request, which has no parameters (MS-WSUSSS 3.1.4.1). */
export function parseGetAuthConfigRequest(bytes: Uint8Array): void {
  readRequest(bytes, 'GetAuthConfig', fieldsReader({}));
}

/** GetAuthConfig has no parameters (MS-WSUSSS 3.1.4.1). */
export function writeGetAuthConfigRequest(soap: SoapVersion): Buffer {
  return writeRequest('GetAuthConfig', '', soap);
}

/** Reads ServerAuthConfig (MS-WSUSSS 3.1.4.1). */
export function parseGetAuthConfigResponse(bytes: Uint8Array): AuthConfig {
  const result = readResult(bytes, 'GetAuthConfig');
  const plugIns = childrenOf(childOf(result, 'AuthInfo'), 'AuthPlugInInfo').map((plugIn) => ({
    plugInId: textOf(plugIn, 'PlugInID').trim(),
    serviceUrl: textOf(plugIn, 'ServiceUrl').trim(),
    parameter: textOf(plugIn, 'Parameter'),
  }));
  return { lastChange: textOf(result, 'LastChange').trim(), plugIns };
}

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
