import { malformed } from '../malformed.js';
import { readResult } from '../soap/readResult.js';
import { booleanOf } from '../xml/booleanOf.js';
import { childOf } from '../xml/childOf.js';
import { childrenOf } from '../xml/childrenOf.js';
import { guidOf } from '../xml/guidOf.js';
import { guidsOf } from '../xml/guidsOf.js';
import { integerOf } from '../xml/integerOf.js';
import { textOf } from '../xml/textOf.js';
import type { XmlElement } from '../xml/XmlElement.js';
import type { Deployment, DeploymentResult, TargetGroup } from './Deployments.js';

/** Reads groups, deployments, hidden updates and accepted licence terms (MS-WSUSSS 3.1.4.10). */
export function parseGetDeploymentsResponse(bytes: Uint8Array): DeploymentResult {
  const result = readResult(bytes, 'GetDeployments');
  if (result === undefined) throw malformed('GetDeployments', 'it holds no result');
  return {
    anchor: textOf(result, 'Anchor'),
    groups: childrenOf(childOf(result, 'Groups'), 'ServerSyncTargetGroup').map(readGroup),
    deployments: childrenOf(childOf(result, 'Deployments'), 'ServerSyncDeployment').map(readDeployment),
    deadDeployments: guidsOf(result, 'DeadDeployments'),
    hiddenUpdates: guidsOf(result, 'HiddenUpdates'),
    acceptedEulas: guidsOf(result, 'AcceptedEulas'),
  };
}

function readGroup(group: XmlElement): TargetGroup {
  return {
    groupId: guidOf(textOf(group, 'TargetGroupID')),
    parentId: guidOf(textOf(group, 'ParentGroupId')),
    name: textOf(group, 'Name'),
    isBuiltin: booleanOf(group, 'IsBuiltin'),
  };
}

function readDeployment(deployment: XmlElement): Deployment {
  return {
    identity: {
      updateId: guidOf(textOf(deployment, 'UpdateId')),
      revisionNumber: integerOf(deployment, 'RevisionNumber', 0),
    },
    action: integerOf(deployment, 'Action', 0),
    adminName: textOf(deployment, 'AdminName'),
    deadline: textOf(deployment, 'Deadline').trim(),
    isAssigned: booleanOf(deployment, 'IsAssigned'),
    goLiveTime: textOf(deployment, 'GoLiveTime').trim(),
    deploymentId: guidOf(textOf(deployment, 'DeploymentGuid')),
    groupId: guidOf(textOf(deployment, 'TargetGroupId')),
    downloadPriority: integerOf(deployment, 'DownloadPriority', 1),
  };
}
