import { SyncError } from '../errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { UpdateMetadata } from '../metadata/UpdateMetadata.js';
import { readUpdateInSteps } from '../metadata/readUpdateDocument.js';
import { inTurns, type Steps } from '../platform/inTurns.js';
import { fileAddressesOf } from '../state/readDocument.js';
import type { DocumentStream } from '../store/DocumentStore.js';
import { encodeFileAddresses, type FileAddress } from '../store/fileAddresses.js';
import { revisionRowOf } from '../store/revisionRowOf.js';
import type { RevisionRow } from '../store/rows.js';
import type { DocumentBatch, FailedDocument, SourceDocument } from '../upstream/Source.js';
import type { SyncContext } from './SyncContext.js';

/** A document with what it says. */
interface ReadDocument {
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

/** Documents of one stream, and the settings that are stored with them. */
interface DocumentsToStore {
  readonly stream: DocumentStream;
  readonly documents: readonly ReadDocument[];
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Stores and indexes documents in one durable transaction. */
export async function storeDocuments(
  context: Pick<SyncContext, 'documents' | 'database' | 'recorder' | 'now'>,
  { stream, documents, settings }: DocumentsToStore,
): Promise<void> {
  const locations = await context.documents.append(
    stream,
    documents.map((document) => document.xml),
    documents.map((document) => encodeFileAddresses(document.files)),
  );
  const now = context.now().getTime();
  const revisions: RevisionRow[] = [];
  for (const [index, { metadata }] of documents.entries())
    revisions.push(await inTurns(revisionRowOf(metadata, locations[index] ?? missingLocation(), now)));
  if (revisions.length > 0 || Object.keys(settings).length > 0) await context.database.commit({ revisions, settings });
  context.recorder.countFetched(revisions.length);
}

function missingLocation(): never {
  throw new SyncError('InternalError', { where: 'the document store', reason: 'fewer locations than documents' });
}
