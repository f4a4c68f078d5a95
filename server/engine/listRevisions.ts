import { isEarlierAnchor } from '../criteria/isEarlierAnchor.js';
import { SyncError } from '../errors/SyncError.js';
import type { RevisionFilter, RevisionList } from '../upstream/Source.js';
import type { SyncJob } from './sync.js';

/**
 * Asks the upstream for the ids that a filter selects.
 * @throws SyncError UpstreamRestored when the answer is older than the anchor that was sent: it may leave out anything
 */
export async function listRevisions(job: SyncJob, filter: RevisionFilter): Promise<RevisionList> {
  const list = await job.source.listRevisions(filter, job.signal);
  if (isEarlierAnchor(list.anchor, filter.anchor))
    throw new SyncError('UpstreamRestored', { url: job.source.name, sent: filter.anchor, received: list.anchor });
  return list;
}

/** True when the answer to a filter names everything that the upstream has for it, not only changes. */
export function isComplete(filter: RevisionFilter): boolean {
  return (
    filter.anchor === '' ||
    (!filter.config &&
      [...filter.categories, ...filter.classifications, ...filter.languages].every((entry) => !entry.delta))
  );
}
