import { readCookie } from '../getCookie/readCookie.js';
import { fieldsReader } from '../scan/fieldsReader.js';
import { readText } from '../scan/readValues.js';
import { readRequest } from '../soap/readRequest.js';
import type { DeploymentsRequest } from './Deployments.js';

const readParameters = fieldsReader({ cookie: readCookie, deploymentAnchor: readText, syncAnchor: readText });

/** Reads GetDeployments (MS-WSUSSS 3.1.4.10). */
export function parseGetDeploymentsRequest(bytes: Uint8Array): DeploymentsRequest {
  const { cookie, deploymentAnchor = '', syncAnchor = '' } = readRequest(bytes, 'GetDeployments', readParameters);
  return { cookie, deploymentAnchor, syncAnchor };
}
