import type { SoapVersion } from '../soap/SoapVersion.js';
import { writeResponse } from '../soap/writePayload.js';
import { element } from '../xml/element.js';
import { wrapped } from '../xml/wrapped.js';
import type { Deployment, DeploymentResult, TargetGroup } from './Deployments.js';

/**
 * Writes groups, deployments, hidden updates and accepted licence terms in the order of the WSDL (MS-WSUSSS 3.1.4.10).
 */
export function writeGetDeploymentsResponse(result: DeploymentResult, soap: SoapVersion): Buffer {
  const guids = (name: string, ids: readonly string[]): string =>
    wrapped(
      name,
      ids.map((id) => element('guid', id)),
    );
  return writeResponse(
    'GetDeployments',
    [
      element('Anchor', result.anchor),
      wrapped('Groups', result.groups.map(writeGroup)),
      wrapped('Deployments', result.deployments.map(writeDeployment)),
      guids('DeadDeployments', result.deadDeployments),
      guids('HiddenUpdates', result.hiddenUpdates),
      guids('AcceptedEulas', result.acceptedEulas),
    ].join(''),
    soap,
  );
}

function writeGroup({ groupId, parentId, name, isBuiltin }: TargetGroup): string {
  return (
    `<ServerSyncTargetGroup>` +
    `${element('TargetGroupID', groupId)}${element('ParentGroupId', parentId)}` +
    `${element('Name', name)}${element('IsBuiltin', isBuiltin)}</ServerSyncTargetGroup>`
  );
}

function writeDeployment(deployment: Deployment): string {
  const { identity, action, adminName, deadline, isAssigned, goLiveTime, deploymentId, groupId, downloadPriority } =
    deployment;
  return wrapped('ServerSyncDeployment', [
    element('UpdateId', identity.updateId),
    element('RevisionNumber', identity.revisionNumber),
    element('Action', action),
    element('AdminName', adminName),
    element('Deadline', deadline),
    element('IsAssigned', isAssigned),
    element('GoLiveTime', goLiveTime),
    element('DeploymentGuid', deploymentId),
    element('TargetGroupId', groupId),
    element('DownloadPriority', downloadPriority),
  ]);
}
