import { parseDownloadFilesRequest } from '../wire/downloadFiles.js';
import {
  deploymentsFrame,
  parseGetDeploymentsRequest,
  type TargetGroup,
  writeHiddenUpdates,
} from '../wire/getDeployments.js';
import { writeEmptyResponse } from '../wire/soap.js';
import type { SoapVersion } from '../wire/operations.js';
import { type Answer, answered, framedPages, refused, type ServerContext } from './ServerContext.js';
import { isAnchor } from './catalogueAnchor.js';

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

const MOST_FILES = 100;
const SHA1_BYTES = 20;

/**
 * Asks for files to be fetched (MS-WSUSSS 3.1.4.11). This server keeps none of its own: it names those that nobody can
 * have from it, and a download
 * that cannot be had is not a fault there.
 */
export async function answerDownloadFiles(body: Buffer, soap: SoapVersion, context: ServerContext): Promise<Answer> {
  const { digests } = parseDownloadFilesRequest(body);
  if (digests.length > MOST_FILES) return refused('InvalidParameters', 'fileDigestList');
  const missing: string[] = [];
  for (const digest of digests) if (!(await isKnown(Buffer.from(digest, 'base64'), context))) missing.push(digest);
  return missing.length > 0
    ? refused('FileDigestsMissing', missing.join('|'))
    : answered(writeEmptyResponse('DownloadFiles', soap));
}

/**
 * What is no SHA-1 belongs to no file. Which files there are is only looked at where downstream servers were told to
 * ask for them here.
 */
async function isKnown(digest: Buffer, { options }: ServerContext): Promise<boolean> {
  if (digest.length !== SHA1_BYTES) return false;
  if (options.redirectsContent !== true) return true;
  const sha1 = digest.toString('hex');
  return (
    (await options.catalogue.contentFile?.(sha1)) !== undefined ||
    (await options.catalogue.contentAddress?.(sha1)) !== undefined
  );
}
