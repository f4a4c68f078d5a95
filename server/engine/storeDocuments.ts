import { SyncError } from '../errors/SyncError.js';
import type { DocumentStream } from '../store/DocumentStore.js';
import { encodeFileAddresses } from '../store/fileAddresses.js';
import { revisionRowOf } from '../store/revisionRowOf.js';
import type { ReadDocument } from './readBatch.js';
import type { SyncJob } from './SyncJob.js';

/** Documents of one stream, and the settings that are stored with them. */
export interface DocumentsToStore {
  readonly stream: DocumentStream;
  readonly documents: readonly ReadDocument[];
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Stores and indexes documents in one durable transaction. */
export async function storeDocuments(job: SyncJob, { stream, documents, settings }: DocumentsToStore): Promise<void> {
  const { context, recorder } = job;
  const locations = await context.documents.append(
    stream,
    documents.map((document) => document.xml),
    documents.map((document) => encodeFileAddresses(document.files)),
  );
  const now = context.now().getTime();
  const revisions = documents.map((document, index) =>
    revisionRowOf(document.metadata, locations[index] ?? missingLocation(), now),
  );
  if (revisions.length > 0 || Object.keys(settings).length > 0) await context.database.commit({ revisions, settings });
  recorder.run.Counts.DocumentsFetched += revisions.length;
}

function missingLocation(): never {
  throw new SyncError('InternalError', { where: 'the document store', reason: 'fewer locations than documents' });
}
