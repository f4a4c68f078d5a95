import { type ErrorData, type ErrorId, SyncError, toSyncError } from '../../errors/SyncError.js';
import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { DocumentBatch, FailedDocument } from '../../upstream/Source.js';
import type { DeliveredUpdate, DeliveredUpdates } from '../../upstream/readAnswer.js';
import type { ReadBatch } from '../readBatch.js';

/** An answer to read. */
interface AnswerJob {
  readonly kind: 'answer';
  readonly body: Uint8Array;
  readonly asked: readonly UpdateIdentity[];
}

/** Documents to read. */
interface BatchJob {
  readonly kind: 'batch';
  readonly asked: readonly UpdateIdentity[];
  readonly identities: readonly UpdateIdentity[];
  readonly documents: JoinedDocuments;
  readonly fileUrls: DocumentBatch['fileUrls'];
  readonly failed: readonly FailedDocument[];
}

export type Job = AnswerJob | BatchJob;

/** Bytes of the buffers that answers and documents lie in, which go back and forth; what is larger is not kept. */
export const ROOM = 2 * 1024 * 1024;
/** So many of them are kept. */
export const SPARES = 4;

/** Documents in one buffer, which changes hands as a whole: where each begins, and how long it is. */
export interface JoinedDocuments {
  readonly bytes: Uint8Array;
  readonly places: readonly (readonly [at: number, length: number])[];
}

/** What was delivered, with the documents in one buffer. */
export interface AnswerReply {
  readonly updates: readonly Omit<DeliveredUpdate, 'xml'>[];
  readonly documents: JoinedDocuments;
  readonly fileUrls: DeliveredUpdates['fileUrls'];
}

/** What was read; the rows are JSON, which takes half the time of a structured clone. */
export interface BatchReply extends Pick<ReadBatch, 'sealed' | 'failed'> {
  readonly revisions: string;
}

/** What comes back of each kind of job. */
export interface Replies {
  readonly answer: AnswerReply;
  readonly batch: BatchReply;
}

/** What a thread says of a job. */
export interface Said {
  readonly id: number;
  readonly reply?: Replies[keyof Replies];
  readonly error?: PassedError;
  /** The buffer of the job, which can be used again. */
  readonly spare?: ArrayBuffer | undefined;
}

/** An error as it passes from one thread to another: its cause stays behind. */
export interface PassedError {
  readonly errorId: ErrorId;
  readonly data: ErrorData;
}

/** Passes an error on. */
export function passError(caught: unknown): PassedError {
  const { errorId, data } = toSyncError(caught, 'the thread that reads update documents');
  return { errorId, data };
}

/** The error that was passed. */
export function passedError({ errorId, data }: PassedError): SyncError {
  return new SyncError(errorId, data);
}

function copiedTogether(documents: readonly Uint8Array[]): JoinedDocuments {
  const bytes = new Uint8Array(documents.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  const places = documents.map((document) => {
    const at = end;
    bytes.set(document, at);
    end += document.length;
    return [at, document.length] as const;
  });
  return { bytes, places };
}

/** Documents that lie in one buffer of ours already, or together in a new one. */
export function joined(
  documents: readonly Uint8Array[],
  isOurs: (buffer: ArrayBufferLike) => boolean,
): JoinedDocuments {
  const buffer = documents[0]?.buffer;
  if (buffer === undefined || !isOurs(buffer) || documents.some((document) => document.buffer !== buffer))
    return copiedTogether(documents);
  return { bytes: new Uint8Array(buffer), places: documents.map(({ byteOffset, length }) => [byteOffset, length]) };
}

/** The documents one by one. */
export function separate({ bytes, places }: JoinedDocuments): readonly Uint8Array[] {
  return places.map(([at, length]) => bytes.subarray(at, at + length));
}

/** The buffers of these bytes that hold nothing else, and can change hands. */
export function transferable(...all: readonly Uint8Array[]): ArrayBuffer[] {
  return all.flatMap(({ buffer, byteLength }) =>
    byteLength > 0 && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer ? [buffer] : [],
  );
}
