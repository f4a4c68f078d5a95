import { SyncError } from '../../errors/SyncError.js';
import { nextTurn } from '../../platform/nextTurn.js';
import type { PackagedRevision } from '../../store/ExportReads.js';
import { decodeFileAddresses, type FileAddress } from '../../store/fileAddresses.js';
import { chunks } from '../chunks.js';
import { readRecord } from '../readDocument.js';
import type { SiteContext } from '../SiteContext.js';

const PART = 100;

/** A revision with its document as it came. */
export interface StoredRevisionDocument {
  readonly revision: PackagedRevision;
  readonly xml: Uint8Array;
  /** The addresses of its files, as far as the upstream gave them. */
  readonly files: readonly FileAddress[];
}

/**
 * The documents of revisions, one after the other; others are served in between.
 * @throws SyncError StoreCorrupt, Cancelled, and PackageWriteFailed when maintenance has removed one meanwhile
 */
export async function* storedRevisions(
  context: SiteContext,
  revisionIds: readonly number[],
  signal: AbortSignal,
): AsyncGenerator<StoredRevisionDocument, void, undefined> {
  for (const part of chunks(revisionIds, PART)) {
    if (signal.aborted) throw new SyncError('Cancelled', { what: 'The export' });
    const revisions = await context.database.packagedRevisions(part);
    if (revisions.length < part.length)
      throw new SyncError('PackageWriteFailed', {
        path: 'the package',
        reason: 'maintenance has removed updates meanwhile; export again',
      });
    for (const revision of revisions) {
      const { document, notes } = await readRecord(context, revision.revisionId, revision.location);
      yield { revision, xml: document, files: decodeFileAddresses(notes) };
    }
    await nextTurn();
  }
}
