import { childOf } from '../xml/childOf.js';
import { childrenOf } from '../xml/childrenOf.js';
import { textOf } from '../xml/textOf.js';
import { readResult } from '../soap/readResult.js';
import type { AuthConfig } from './AuthConfig.js';

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
