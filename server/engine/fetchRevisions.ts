import { SyncError } from '../errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { readUpdateDocument } from '../metadata/readUpdateDocument.js';
import type { UpdateMetadata } from '../metadata/UpdateMetadata.js';
import type { DocumentStream } from '../store/DocumentStore.js';
import { revisionRowOf } from '../store/revisionRowOf.js';
import type { DocumentBatch, SourceDocument } from '../upstream/Source.js';
import { uniqueRevisions } from '../upstream/uniqueRevisions.js';
import { inFlight } from './inFlight.js';
import type { SyncJob } from './sync.js';

const BATCHES_IN_FLIGHT = 3;
const MAX_CONSECUTIVE_FAILURES = 50;
/** Faults of a single document: however many there are, the upstream itself works. */
const OWN_FAULTS: ReadonlySet<string> = new Set(['DocumentInvalid', 'CabinetCorrupt', 'DocumentMissing', 'DocumentTooLarge']);

/** What is to be brought into the catalogue. `settings` (the anchor) are stored with the last batch only. */
export interface FetchPlan {
  readonly activity: string;
  readonly stream: DocumentStream;
  readonly revisions: readonly UpdateIdentity[];
  readonly batchSize: number;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Fetches what is not stored yet, batch by batch, each batch one durable transaction. */
export async function fetchRevisions(job: SyncJob, plan: FetchPlan): Promise<void> {
  const { context, recorder, source, signal } = job;
  const missing = await context.database.missingRevisions(uniqueRevisions(plan.revisions));
  const batches = chunks(missing, plan.batchSize);
  recorder.step(missing.length);
  let done = 0;
  let consecutive = 0;
  for await (const batch of inFlight(batches, { limit: BATCHES_IN_FLIGHT, signal, work: (ids, stop) => source.fetchDocuments(ids, stop) })) {
    const isLast = done + batch.input.length >= missing.length;
    const stored = await storeBatch(job, plan, { batch: onlyRequested(batch.input, batch.output), settings: isLast && recorder.run.Counts.Failed === 0 ? plan.settings : {} });
    consecutive = stored === 0 ? consecutive + batch.output.failed.filter((failed) => !OWN_FAULTS.has(failed.errorId)).length : 0;
    if (consecutive >= MAX_CONSECUTIVE_FAILURES) throw tooManyFailures(job);
    done += batch.input.length;
    recorder.advance(plan.activity, done);
  }
  if (missing.length === 0 && Object.keys(plan.settings).length > 0) await context.database.commit({ settings: plan.settings });
}

/** What was not asked for, or came a second time, is left out. */
function onlyRequested(asked: readonly UpdateIdentity[], batch: DocumentBatch): DocumentBatch {
  const wanted = new Set(asked.map(identityKey));
  return { ...batch, documents: batch.documents.filter((document) => wanted.delete(identityKey(document.identity))) };
}

/** Reads, stores and indexes the documents of one batch; gives the number stored. */
async function storeBatch(job: SyncJob, plan: FetchPlan, options: { batch: DocumentBatch; settings: FetchPlan['settings'] }): Promise<number> {
  const { context, recorder } = job;
  for (const failed of options.batch.failed) {
    recorder.failed({ UpdateID: failed.identity.updateId, RevisionNumber: failed.identity.revisionNumber, ErrorId: failed.errorId, Reason: failed.reason });
  }
  const readable = options.batch.documents.flatMap((document) => {
    const metadata = readOrRecord(job, document);
    return metadata === undefined ? [] : [{ document, metadata }];
  });
  const locations = await context.documents.append(plan.stream, readable.map((entry) => entry.document.xml));
  const now = context.now().getTime();
  const revisions = readable.map((entry, index) => revisionRowOf(entry.metadata, locations[index] ?? missingLocation(), now));
  const settings = recorder.run.Counts.Failed === 0 ? options.settings : {};
  if (revisions.length > 0 || Object.keys(settings).length > 0) await context.database.commit({ revisions, settings });
  recorder.run.Counts.DocumentsFetched += revisions.length;
  return revisions.length;
}

/** One bad document is recorded and skipped, never fatal. */
function readOrRecord(job: SyncJob, document: SourceDocument): UpdateMetadata | undefined {
  const { updateId, revisionNumber } = document.identity;
  const what = identityKey(document.identity);
  try {
    const metadata = readUpdateDocument(document.xml, what, { wantsLanguage: (language) => language === 'en' });
    if (identityKey(metadata.identity) !== what) throw new SyncError('DocumentInvalid', { what, reason: `it says that it is ${identityKey(metadata.identity)}` });
    return metadata.localizedProperties.length > 0 ? metadata : readUpdateDocument(document.xml, what);
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    job.recorder.failed({ UpdateID: updateId, RevisionNumber: revisionNumber, ErrorId: error.errorId, Reason: error.message });
    return undefined;
  }
}

function tooManyFailures(job: SyncJob): SyncError {
  const last = job.recorder.run.FailedUpdates.at(-1);
  return new SyncError('TooManyFailures', { reason: (last?.Reason ?? 'unknown').replace(/\.$/, '') });
}

function missingLocation(): never {
  throw new SyncError('InternalError', { where: 'the document store', reason: 'fewer locations than documents' });
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const parts: Item[][] = [];
  for (let at = 0; at < items.length; at += Math.max(1, size)) parts.push(items.slice(at, at + Math.max(1, size)));
  return parts;
}
