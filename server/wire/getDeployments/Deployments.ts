import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { Cookie } from '../getCookie/Cookie.js';

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
