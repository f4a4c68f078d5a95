import { SyncError } from '../errors/SyncError.js';
import type { DocumentLocation } from '../store/DocumentStore.js';
import type { SiteContext } from './SiteContext.js';

/**
 * The document of a revision, whose place was looked up before: maintenance may have moved it since, then it is looked up once more.
 * @throws SyncError StoreCorrupt
 */
export async function readDocument({ database, documents }: Pick<SiteContext, 'database' | 'documents'>, revisionId: number, location: DocumentLocation): Promise<Uint8Array> {
  try {
    return await documents.read(location);
  } catch (error) {
    const now = error instanceof SyncError && error.errorId === 'StoreCorrupt' ? await database.documentLocation(revisionId) : undefined;
    if (now === undefined || (now.segment === location.segment && now.position === location.position)) throw error;
    return documents.read(now);
  }
}
