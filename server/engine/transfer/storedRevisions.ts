import { SyncError } from '../../errors/SyncError.js';
import { nextTurn } from '../../platform/nextTurn.js';
import type { PackagedRevision } from '../../store/ExportReads.js';
import { chunks } from '../chunks.js';
import { readDocument } from '../readDocument.js';
import type { SiteContext } from '../SiteContext.js';

const PART = 100;

/** A revision with its document as it came. */
export interface StoredRevisionDocument {
  readonly revision: PackagedRevision;
  readonly xml: Uint8Array;
}

/**
 * The documents of revisions, one after the other; others are served in between.
 * @throws SyncError StoreCorrupt, Cancelled, and PackageWriteFailed when maintenance has removed one meanwhile
 */
export async function* storedRevisions(context: SiteContext, revisionIds: readonly number[], signal: AbortSignal): AsyncGenerator<StoredRevisionDocument, void, undefined> {
  for (const part of chunks(revisionIds, PART)) {
    if (signal.aborted) throw new SyncError('Cancelled', { what: 'The export' });
    const revisions = await context.database.packagedRevisions(part);
    if (revisions.length < part.length) throw new SyncError('PackageWriteFailed', { path: 'the package', reason: 'maintenance has removed updates meanwhile; export again' });
    for (const revision of revisions) yield { revision, xml: await readDocument(context, revision.revisionId, revision.location) };
    await nextTurn();
  }
}
