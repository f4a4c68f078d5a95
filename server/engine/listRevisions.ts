import { isEarlierAnchor } from '../criteria/anchors.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { RevisionFilter, RevisionList } from '../wire/getRevisionIdList.js';
import { faultCodeOf, NO_ERROR_CODE } from '../upstream/faultError.js';
import type { SyncJob } from './SyncJob.js';

/** How servers of different makes refuse an anchor that is not of their form: WSUS, and those that name no reason. */
const REFUSED: ReadonlySet<string> = new Set(['InvalidParameters', NO_ERROR_CODE]);

/**
 * Asks the upstream for the ids that a filter selects.
 * @throws SyncError UpstreamRestored when the answer is older than the anchor that was sent: it may leave out anything;
 * UpstreamAnchorRefused when the anchor is not taken at all
 */
export async function listRevisions(job: SyncJob, filter: RevisionFilter): Promise<RevisionList> {
  const list = await job.source.listRevisions(filter, job.signal).catch((error: unknown) => {
    throw refusedAnchor(job, filter, error) ?? error;
  });
  if (isEarlierAnchor(list.anchor, filter.anchor))
    throw new SyncError('UpstreamRestored', { url: job.source.name, sent: filter.anchor, received: list.anchor });
  return list;
}

/** The same question without an anchor may be answered. */
function refusedAnchor(job: SyncJob, { anchor }: RevisionFilter, error: unknown): SyncError | undefined {
  if (anchor === '' || !REFUSED.has(faultCodeOf(error))) return undefined;
  const data = { url: job.source.name, anchor, reason: reasonOf(error).replace(/\.$/, '') };
  return new SyncError('UpstreamAnchorRefused', data, { cause: error });
}

/** True when the answer to a filter names everything that the upstream has for it, not only changes. */
export function isComplete(filter: RevisionFilter): boolean {
  return (
    filter.anchor === '' ||
    (!filter.config &&
      [...filter.categories, ...filter.classifications, ...filter.languages].every((entry) => !entry.delta))
  );
}
