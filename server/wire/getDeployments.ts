import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { element, wrapped } from '../xml/write.js';
import { fieldsReader, readText } from './fields.js';
import { readCookie } from './getCookie.js';
import type { Cookie } from './getCookie.js';
import { readRequest, responseFrame } from './soap.js';
import type { MessageFrame } from './soap.js';
import type { SoapVersion } from './operations.js';

/** What GetDeployments takes (MS-WSUSSS 3.1.4.10); `deploymentAnchor` '' the first time. */
export interface DeploymentsRequest {
  readonly cookie: Cookie | undefined;
  readonly deploymentAnchor: string;
  readonly syncAnchor: string;
}

/** A group of computers; the parent of the one at the top is all zeros. */
export interface TargetGroup {
  readonly groupId: string;
  readonly parentId: string;
  readonly name: string;
  readonly isBuiltin: boolean;
}

/** What is to be done with a revision on the computers of a group. Times are dateTime as written. */
export interface Deployment {
  readonly identity: UpdateIdentity;
  /** 0 install, 1 uninstall, 2 scan, 3 block. */
  readonly action: number;
  readonly adminName: string;
  readonly deadline: string;
  readonly isAssigned: boolean;
  readonly goLiveTime: string;
  readonly deploymentId: string;
  readonly groupId: string;
  /** 1 (lowest) to 3. */
  readonly downloadPriority: number;
}

/** Groups, hidden updates and accepted licence terms are full lists, the deployments what changed since the anchor. */
export interface DeploymentResult {
  readonly anchor: string;
  readonly groups: readonly TargetGroup[];
  readonly deployments: readonly Deployment[];
  readonly deadDeployments: readonly string[];
  readonly hiddenUpdates: readonly string[];
  readonly acceptedEulas: readonly string[];
}

const readParameters = fieldsReader({ cookie: readCookie, deploymentAnchor: readText, syncAnchor: readText });

/** Reads GetDeployments (MS-WSUSSS 3.1.4.10). */
export function parseGetDeploymentsRequest(bytes: Uint8Array): DeploymentsRequest {
  const { cookie, deploymentAnchor = '', syncAnchor = '' } = readRequest(bytes, 'GetDeployments', readParameters);
  return { cookie, deploymentAnchor, syncAnchor };
}

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
