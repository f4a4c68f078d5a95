import { SyncError } from '../errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { EulaFile, UpdateMetadata } from '../metadata/UpdateMetadata.js';
import { readUpdateInSteps } from '../metadata/readUpdateDocument.js';
import { inTurns, type Steps } from '../platform/inTurns.js';
import { fileAddressesOf } from '../state/readDocument.js';
import { encodeFileAddresses } from '../store/fileAddresses.js';
import { revisionFactsOf } from '../store/revisionRowOf.js';
import type { RevisionFacts } from '../store/rows.js';
import { sealDocuments, type SealedDocuments, type Sealing } from '../store/segmentBlock.js';
import type { DocumentRecord } from '../store/segmentRecord.js';
import type { DocumentBatch, FailedDocument, SourceDocument } from '../upstream/Source.js';

/** Documents that are asked for at once: with one piece in flight and one that is not stored, a kill costs 100. */
export const PIECE = 50;

/** The files of licence terms that documents name, by `identityKey`. */
export type KnownTerms = ReadonlyMap<string, readonly EulaFile[]>;

/** A batch as far as it can be used, ready to be stored, and what cannot. */
export interface ReadBatch {
  readonly revisions: readonly RevisionFacts[];
  /** The documents of these revisions. */
  readonly sealed: SealedDocuments;
  readonly failed: readonly FailedDocument[];
  /** The files of licence terms of those documents that have some, by `identityKey`. */
  readonly terms: KnownTerms;
  /** Set when nothing could be read, because the thread that reads ended each time. */
  readonly ended?: SyncError;
}

/**
 * Reads the documents of an answer and packs them. What was not asked for, or came a second time, is left out; one bad
 * document fails alone.
 */
export async function readBatch(
  asked: readonly UpdateIdentity[],
  answer: DocumentBatch,
  sealing: Sealing = {},
): Promise<ReadBatch> {
  const { records, ...read } = await inTurns(readDocuments(asked, answer));
  return { ...read, sealed: await sealDocuments(records, sealing) };
}

function* readDocuments(
  asked: readonly UpdateIdentity[],
  answer: DocumentBatch,
): Steps<Omit<ReadBatch, 'sealed'> & { readonly records: readonly DocumentRecord[] }> {
  const wanted = new Set(asked.map(identityKey));
  const revisions: RevisionFacts[] = [];
  const records: DocumentRecord[] = [];
  const terms = new Map<string, readonly EulaFile[]>();
  const failed = [...answer.failed];
  const urls = new Map(answer.fileUrls.map((file) => [file.digest, file.muUrl]));
  for (const document of answer.documents.filter(({ identity }) => wanted.delete(identityKey(identity)))) {
    try {
      const metadata = yield* readDocument(document);
      revisions.push(yield* revisionFactsOf(metadata));
      if (metadata.eulaId !== '') terms.set(identityKey(metadata.identity), metadata.eulaFiles);
      records.push({ document: document.xml, notes: encodeFileAddresses(fileAddressesOf(metadata, urls)) });
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      failed.push({ identity: document.identity, errorId: error.errorId, reason: error.message });
    }
    yield;
  }
  return { revisions, records, failed, terms };
}

/** What a row is made of. @throws SyncError DocumentInvalid, also for a document of another revision */
export function* readDocument(document: SourceDocument): Steps<UpdateMetadata> {
  const what = identityKey(document.identity);
  const metadata = yield* readUpdateInSteps(document.xml, what, { wantsLanguage: (language) => language === 'en' });
  if (identityKey(metadata.identity) !== what)
    throw new SyncError('DocumentInvalid', { what, reason: `it says that it is ${identityKey(metadata.identity)}` });
  return metadata.localizedProperties.length > 0 ? metadata : yield* readUpdateInSteps(document.xml, what);
}
