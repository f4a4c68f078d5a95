import { readCookieFields } from '../getCookie/cookieFields.js';
import { readRequest } from '../soap/readPayload.js';
import { childOf } from '../xml/childOf.js';
import { textOf } from '../xml/textOf.js';
import type { DeploymentsRequest } from './Deployments.js';

/** Reads GetDeployments (MS-WSUSSS 3.1.4.10). */
export function parseGetDeploymentsRequest(bytes: Uint8Array): DeploymentsRequest {
  const request = readRequest(bytes, 'GetDeployments');
  return {
    cookie: readCookieFields(childOf(request, 'cookie')),
    deploymentAnchor: textOf(request, 'deploymentAnchor'),
    syncAnchor: textOf(request, 'syncAnchor'),
  };
}
