import { SyncError } from '../errors/SyncError.js';
import { identityKey } from '../metadata/UpdateIdentity.js';
import type { ReceivedUpdate } from '../wire/getUpdateData.js';
import type { FailedDocument, SourceDocument } from './Source.js';

/** Takes a document out of the cabinet of XmlUpdateBlobCompressed; throws CabinetCorrupt. */
export interface CabinetReader {
  read(cabinet: Uint8Array, what?: string): Uint8Array;
}

/**
 * Documents out of what was received; one that cannot be unpacked or came without a blob is failed, the others are not
 * touched.
 */
export function decodeUpdates(
  updates: readonly ReceivedUpdate[],
  reader: CabinetReader,
): { documents: SourceDocument[]; failed: FailedDocument[] } {
  const documents: SourceDocument[] = [];
  const failed: FailedDocument[] = [];
  for (const update of updates) {
    const { identity } = update;
    try {
      documents.push({ identity, xml: documentOf(update, reader) });
    } catch (caught) {
      if (!(caught instanceof SyncError)) throw caught;
      failed.push({ identity, errorId: caught.errorId, reason: caught.message });
    }
  }
  return { documents, failed };
}

function documentOf(update: ReceivedUpdate, reader: CabinetReader): Uint8Array {
  if (update.xml !== undefined) return update.xml;
  const what = identityKey(update.identity);
  if (update.cabinet === undefined)
    throw new SyncError('DocumentInvalid', { what, reason: 'the upstream sent an empty document' });
  return reader.read(update.cabinet, what);
}
