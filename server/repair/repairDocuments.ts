import type { FailedUpdate, StoreRepairResult } from '../contract/generated/types.js';
import { chunks } from '../criteria/collections.js';
import { SyncError } from '../errors/SyncError.js';
import { identityKey } from '../metadata/UpdateIdentity.js';
import type { UpdateMetadata } from '../metadata/UpdateMetadata.js';
import { readUpdateDocument } from '../metadata/readUpdateDocument.js';
import type { SiteContext } from '../state/SiteContext.js';
import { fileAddressesOf } from '../state/readDocument.js';
import { readSettings } from '../state/settingsStore.js';
import type { DocumentStream } from '../store/DocumentStore.js';
import type { StoredDocument } from '../store/StoreInspection.js';
import { encodeFileAddresses } from '../store/fileAddresses.js';
import type { SourceDocument } from '../upstream/Source.js';
import { verifyDocument } from './checkStore.js';

/** A document that came again, and where it belongs. */
interface Fetched {
  readonly stored: StoredDocument;
  readonly document: SourceDocument;
  readonly stream: DocumentStream;
  readonly metadata: UpdateMetadata;
}

/** Fetches those of the documents that really are damaged from the upstream again and lets the rows point at them. */
export async function repairDocuments(
  context: SiteContext,
  revisionIds: readonly number[],
  signal: AbortSignal,
): Promise<Pick<StoreRepairResult, 'repaired' | 'failed'>> {
  const damaged = await damagedAmong(context, revisionIds);
  const failed: FailedUpdate[] = [];
  if (damaged.length > 0) context.documents.beginSegments();
  const repaired = damaged.length === 0 ? 0 : await fetchAgain(context, { damaged, failed, signal });
  if (damaged.length > 0)
    context.log.write(`Repair: ${repaired} of ${damaged.length} damaged documents were fetched again.`);
  return { repaired, failed };
}

async function damagedAmong(context: SiteContext, revisionIds: readonly number[]): Promise<StoredDocument[]> {
  const documents = context.documents.reopened();
  const damaged: StoredDocument[] = [];
  try {
    for (const id of revisionIds) {
      const [stored] = await context.database.storedDocuments(id - 1, 1);
      if (stored?.revisionId === id && (await verifyDocument(documents, stored)) !== undefined) damaged.push(stored);
    }
  } finally {
    await documents.close();
  }
  return damaged;
}

interface RepairWork {
  readonly damaged: readonly StoredDocument[];
  readonly failed: FailedUpdate[];
  readonly signal: AbortSignal;
}

/** Gives the number of documents that are whole now. */
async function fetchAgain(context: SiteContext, { damaged, failed, signal }: RepairWork): Promise<number> {
  const settings = await readSettings(context.database, context.site.serverName);
  if (settings.synchronizeAction === 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource')
    throw new SyncError('NoSynchronizationSource');
  const source = await context.createSource(settings);
  let repaired = 0;
  try {
    const { maxUpdatesPerRequest } = await source.open('', signal);
    for (const asked of chunks(damaged, maxUpdatesPerRequest)) {
      const batch = await source.fetchDocuments(
        asked.map(({ updateId, revisionNumber }) => ({ updateId, revisionNumber })),
        signal,
      );
      for (const { identity, errorId, reason } of batch.failed) failed.push(failureOf(identity, errorId, reason));
      const fetched = asked.flatMap((stored) => accept(stored, batch.documents, failed));
      await store(context, fetched, new Map(batch.fileUrls.map((file) => [file.digest, file.muUrl])));
      repaired += fetched.length;
    }
  } finally {
    await source.close();
  }
  return repaired;
}

/** What came for a damaged document, when it is the right one and well-formed. */
function accept(stored: StoredDocument, documents: readonly SourceDocument[], failed: FailedUpdate[]): Fetched[] {
  const what = identityKey(stored);
  const document = documents.find((candidate) => identityKey(candidate.identity) === what);
  if (document === undefined) {
    if (
      !failed.some(
        (failure) => identityKey({ updateId: failure.UpdateID, revisionNumber: failure.RevisionNumber }) === what,
      )
    )
      failed.push(failureOf(stored, 'DocumentMissing', new SyncError('DocumentMissing', { what }).message));
    return [];
  }
  try {
    const metadata = readUpdateDocument(document.xml, what, { wantsLanguage: (language) => language === 'en' });
    if (identityKey(metadata.identity) !== what)
      throw new SyncError('DocumentInvalid', { what, reason: `it says that it is ${identityKey(metadata.identity)}` });
    return [
      {
        stored,
        document,
        metadata,
        stream: metadata.updateType === 'Category' || metadata.updateType === 'Detectoid' ? 'configuration' : 'updates',
      },
    ];
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    failed.push(failureOf(stored, error.errorId, error.message));
    return [];
  }
}

async function store(
  context: SiteContext,
  fetched: readonly Fetched[],
  urls: ReadonlyMap<string, string>,
): Promise<void> {
  for (const stream of ['configuration', 'updates'] as const) {
    const part = fetched.filter((entry) => entry.stream === stream);
    const locations = await context.documents.append(
      stream,
      part.map((entry) => entry.document.xml),
      part.map((entry) => encodeFileAddresses(fileAddressesOf(entry.metadata, urls))),
    );
    const movedDocuments = locations.flatMap((location, index) => {
      const revisionId = part[index]?.stored.revisionId;
      return revisionId === undefined ? [] : [{ revisionId, location }];
    });
    if (movedDocuments.length > 0) await context.database.commit({ movedDocuments });
  }
}

function failureOf(
  identity: { updateId: string; revisionNumber: number },
  errorId: string,
  reason: string,
): FailedUpdate {
  return { UpdateID: identity.updateId, RevisionNumber: identity.revisionNumber, ErrorId: errorId, Reason: reason };
}
