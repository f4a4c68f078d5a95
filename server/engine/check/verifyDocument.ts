import { SyncError } from '../../errors/SyncError.js';
import { identityKey } from '../../metadata/UpdateIdentity.js';
import { readUpdateInSteps } from '../../metadata/readUpdateDocument.js';
import { inTurns } from '../../platform/inTurns.js';
import type { DocumentStore } from '../../store/DocumentStore.js';
import type { StoredDocument } from '../../store/StoreInspection.js';

/** Reads a document as a whole; gives what is wrong with it, undefined for nothing. */
export async function verifyDocument(documents: DocumentStore, stored: StoredDocument): Promise<SyncError | undefined> {
  const what = identityKey(stored);
  try {
    const xml = await documents.read(stored.location);
    const { identity } = await inTurns(
      readUpdateInSteps(xml, what, { wantsLanguage: (language) => language === 'en' }),
    );
    return identityKey(identity) === what
      ? undefined
      : new SyncError('DocumentInvalid', { what, reason: `it says that it is ${identityKey(identity)}` });
  } catch (error) {
    if (error instanceof SyncError) return error;
    throw error;
  }
}
