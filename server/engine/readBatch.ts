import { SyncError } from '../errors/SyncError.js';
import { identityKey } from '../metadata/UpdateIdentity.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { UpdateMetadata } from '../metadata/UpdateMetadata.js';
import { readUpdateInSteps } from '../metadata/readUpdateDocument.js';
import type { Steps } from '../platform/inTurns.js';
import type { FileAddress } from '../store/fileAddresses.js';
import type { DocumentBatch, FailedDocument, SourceDocument } from '../upstream/Source.js';
import { fileAddressesOf } from './fileAddressesOf.js';

/** A document with what it says. */
export interface ReadDocument {
  readonly xml: Uint8Array;
  readonly metadata: UpdateMetadata;
  /** Its content files, with the addresses that came with the answer. */
  readonly files: readonly FileAddress[];
}

/** A batch as far as it can be used, and what cannot. */
export interface ReadBatch {
  readonly documents: readonly ReadDocument[];
  readonly failed: readonly FailedDocument[];
}

/**
 * Reads the documents of an answer. What was not asked for, or came a second time, is left out; one bad document fails
 * alone.
 */
export function* readBatch(asked: readonly UpdateIdentity[], answer: DocumentBatch): Steps<ReadBatch> {
  const wanted = new Set(asked.map(identityKey));
  const documents: ReadDocument[] = [];
  const failed = [...answer.failed];
  const urls = new Map(answer.fileUrls.map((file) => [file.digest, file.muUrl]));
  for (const document of answer.documents.filter(({ identity }) => wanted.delete(identityKey(identity)))) {
    try {
      const metadata = yield* read(document);
      documents.push({ xml: document.xml, metadata, files: fileAddressesOf(metadata, urls) });
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      failed.push({ identity: document.identity, errorId: error.errorId, reason: error.message });
    }
    yield;
  }
  return { documents, failed };
}

function* read(document: SourceDocument): Steps<UpdateMetadata> {
  const what = identityKey(document.identity);
  const metadata = yield* readUpdateInSteps(document.xml, what, { wantsLanguage: (language) => language === 'en' });
  if (identityKey(metadata.identity) !== what)
    throw new SyncError('DocumentInvalid', { what, reason: `it says that it is ${identityKey(metadata.identity)}` });
  return metadata.localizedProperties.length > 0 ? metadata : yield* readUpdateInSteps(document.xml, what);
}
