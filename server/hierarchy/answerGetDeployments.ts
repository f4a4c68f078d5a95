import { deploymentsFrame, parseGetDeploymentsRequest, writeHiddenUpdates } from '../wire/getDeployments.js';
import type { TargetGroup } from '../wire/getDeployments.js';
import type { SoapVersion } from '../wire/soap.js';
import { refused } from './Answer.js';
import type { Answer } from './Answer.js';
import type { ServerContext } from './ServerContext.js';
import { isAnchor } from './catalogueAnchor.js';
import { framedPages } from './framedPages.js';

const ALL_COMPUTERS = 'a0a08746-4dbe-4a37-9adf-9e7652c0b421';

/** The groups that every WSUS server has, by their ids there. */
const BUILTIN: readonly TargetGroup[] = [
  { groupId: ALL_COMPUTERS, parentId: '00000000-0000-0000-0000-000000000000', name: 'All Computers', isBuiltin: true },
  {
    groupId: 'b73ca6ed-5727-47f3-84de-015e03f6a88a',
    parentId: ALL_COMPUTERS,
    name: 'Unassigned Computers',
    isBuiltin: true,
  },
];

/**
 * What a replica takes over (MS-WSUSSS 3.1.4.10): the built-in groups and the updates that are declined. Nothing is
 * deployed and no licence terms are accepted here: Configuration Manager does that with its own clients.
 */
export async function answerGetDeployments(body: Buffer, soap: SoapVersion, context: ServerContext): Promise<Answer> {
  const { deploymentAnchor, syncAnchor } = parseGetDeploymentsRequest(body);
  if (deploymentAnchor !== '' && !isAnchor(deploymentAnchor)) return refused('InvalidParameters', 'deploymentAnchor');
  if (!isAnchor(syncAnchor)) return refused('InvalidParameters', 'syncAnchor');
  const { catalogue } = context.options;
  const frame = deploymentsFrame(
    {
      anchor: await catalogue.currentAnchor(),
      groups: BUILTIN,
      deployments: [],
      deadDeployments: [],
      acceptedEulas: [],
    },
    soap,
  );
  return { pieces: framedPages(frame, catalogue.hiddenUpdates(context.work), writeHiddenUpdates), updates: 0 };
}
