import type { SoapVersion } from '../soap/SoapVersion.js';
import { type MessageFrame, responseFrame } from '../soap/writePayload.js';
import { element } from '../xml/element.js';
import { wrapped } from '../xml/wrapped.js';
import type { Deployment, DeploymentResult, TargetGroup } from './Deployments.js';

/** What stands around the ids of the hidden updates, in the order of the WSDL (MS-WSUSSS 3.1.4.10). */
export function deploymentsFrame(result: Omit<DeploymentResult, 'hiddenUpdates'>, soap: SoapVersion): MessageFrame {
  const first = [
    element('Anchor', result.anchor),
    wrapped('Groups', result.groups.map(writeGroup)),
    wrapped('Deployments', result.deployments.map(writeDeployment)),
    wrapped('DeadDeployments', result.deadDeployments.map(writeGuid)),
    '<HiddenUpdates>',
  ];
  const last = `</HiddenUpdates>${wrapped('AcceptedEulas', result.acceptedEulas.map(writeGuid))}`;
  return responseFrame('GetDeployments', { first: first.join(''), last }, soap);
}

/** Some ids of hidden updates. */
export function writeHiddenUpdates(updateIds: readonly string[]): Buffer {
  return Buffer.from(updateIds.map(writeGuid).join(''), 'latin1');
}

function writeGuid(id: string): string {
  return element('guid', id);
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
