import { cookieElement } from '../getCookie/cookieFields.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import { writeRequest } from '../soap/writePayload.js';
import { element } from '../xml/element.js';
import type { DeploymentsRequest } from './Deployments.js';

/** Writes GetDeployments (MS-WSUSSS 3.1.4.10). */
export function writeGetDeploymentsRequest(
  { cookie, deploymentAnchor, syncAnchor }: DeploymentsRequest,
  soap: SoapVersion,
): Buffer {
  return writeRequest(
    'GetDeployments',
    cookieElement(cookie) +
      element('deploymentAnchor', deploymentAnchor || undefined) +
      element('syncAnchor', syncAnchor),
    soap,
  );
}
