import { SyncError } from '../errors/SyncError.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { Pace } from './Pace.js';
import type { SyncContext } from './SyncContext.js';
import type { ReadBatch } from './readBatch.js';

/** So often a batch may end the thread that reads it. */
const ATTEMPTS = 2;

type Fetching = Pick<SyncContext, 'source' | 'reader' | 'log' | 'kept'> & { readonly pace: Pace };

/**
 * Fetches a batch and reads it, unless it was kept when it was read before. When the thread that reads it ends, it is
 * fetched once more; a batch that ends it twice has failed, and the others go on.
 * @throws SyncError of the upstream
 */
export async function fetchBatch(
  { source, reader, log, pace, kept }: Fetching,
  ids: readonly UpdateIdentity[],
  signal: AbortSignal,
): Promise<ReadBatch> {
  const known = signal.aborted ? undefined : await kept?.take(ids);
  if (known !== undefined) return known;
  for (let attempt = 0; ;) {
    try {
      const answer = await pace.ask(async () => source.fetchDocuments(ids, signal));
      const batch = await reader.readBatch(ids, answer, signal);
      pace.note();
      return batch;
    } catch (error) {
      if (!(error instanceof SyncError) || error.errorId !== 'ReaderEnded' || signal.aborted) throw error;
      if (error.data['isWorkedOn'] === true) attempt += 1;
      if (attempt === ATTEMPTS) return nothingOf(ids, error);
      log.write(`${error.message} Documents that it had are fetched again.`);
    }
  }
}

function nothingOf(ids: readonly UpdateIdentity[], ended: SyncError): ReadBatch {
  return {
    revisions: [],
    sealed: { bytes: new Uint8Array(0), lengths: [] },
    terms: new Map(),
    failed: ids.map((identity) => ({ identity, errorId: ended.errorId, reason: ended.message })),
    ended,
  };
}
