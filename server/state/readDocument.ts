import { SyncError } from '../errors/SyncError.js';
import type { DocumentLocation } from '../store/DocumentStore.js';
import type { DocumentRecord } from '../store/segmentRecord.js';
import type { SiteContext } from './SiteContext.js';

/**
 * The document of a revision with its notes, whose place was looked up before: maintenance may have moved it since,
 * then it is looked up once more.
 * @throws SyncError StoreCorrupt
 */
export async function readRecord(
  { database, documents }: Pick<SiteContext, 'database' | 'documents'>,
  revisionId: number,
  location: DocumentLocation,
): Promise<DocumentRecord> {
  try {
    return await documents.readRecord(location);
  } catch (error) {
    const now =
      error instanceof SyncError && error.errorId === 'StoreCorrupt'
        ? await database.documentLocation(revisionId)
        : undefined;
    if (now === undefined || (now.segment === location.segment && now.position === location.position)) throw error;
    return documents.readRecord(now);
  }
}

/** The document alone. @throws SyncError StoreCorrupt */
export async function readDocument(
  context: Pick<SiteContext, 'database' | 'documents'>,
  revisionId: number,
  location: DocumentLocation,
): Promise<Uint8Array> {
  return (await readRecord(context, revisionId, location)).document;
}
