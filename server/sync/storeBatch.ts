import { SyncError } from '../errors/SyncError.js';
import type { DocumentStream } from '../store/DocumentStore.js';
import type { SyncContext } from './SyncContext.js';
import type { ReadBatch } from './readBatch.js';

/** Documents of one stream with their rows, and the settings that are stored with them. */
interface BatchToStore extends Pick<ReadBatch, 'revisions' | 'sealed'> {
  readonly stream: DocumentStream;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Stores documents, then indexes them in one durable transaction. */
export async function storeBatch(
  context: Pick<SyncContext, 'documents' | 'database' | 'recorder' | 'now'>,
  { stream, revisions, sealed, settings }: BatchToStore,
): Promise<void> {
  const locations = await context.documents.appendSealed(stream, sealed);
  const stored = context.now().getTime();
  const rows = revisions.map((facts, index) => ({ ...facts, location: locations[index] ?? missingLocation(), stored }));
  if (rows.length > 0 || Object.keys(settings).length > 0) await context.database.commit({ revisions: rows, settings });
  context.recorder.countFetched(rows.length);
}

function missingLocation(): never {
  throw new SyncError('InternalError', { where: 'the document store', reason: 'fewer locations than documents' });
}
