import { type ErrorData, type ErrorId, SyncError, toSyncError } from '../../errors/SyncError.js';
import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { RelationRow, RevisionFacts } from '../../store/rows.js';
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
export const ROOM = 4 * 1024 * 1024;
/** So many of them are kept. */
export const SPARES = 3;

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

/** What was read; the rows as `packRows` makes them. */
export interface BatchReply extends Pick<ReadBatch, 'sealed' | 'failed' | 'terms'> {
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

type PackedRow = Omit<RevisionFacts, 'relations'> & { readonly relations: readonly number[] };

/** Rows as JSON, which takes a fifth of the time of a structured clone; an id that many rows name is there once. */
export function packRows(revisions: readonly RevisionFacts[]): string {
  const ids = new Map<string, number>();
  const numberOf = (updateId: string): number => {
    const known = ids.get(updateId);
    if (known !== undefined) return known;
    ids.set(updateId, ids.size);
    return ids.size - 1;
  };
  const rows = revisions.map(({ relations, ...facts }): PackedRow => {
    const numbers: number[] = [];
    for (const { kind, clause, updateId, revisionNumber } of relations)
      numbers.push(kind, clause, numberOf(updateId), revisionNumber);
    return { ...facts, relations: numbers };
  });
  return JSON.stringify({ ids: [...ids.keys()], rows });
}

/** The rows again. */
export function unpackRows(text: string): readonly RevisionFacts[] {
  const { ids, rows } = JSON.parse(text) as { readonly ids: readonly string[]; readonly rows: readonly PackedRow[] };
  return rows.map((row) => Object.assign(row, { relations: relationsOf(row.relations, ids) }));
}

function relationsOf(numbers: readonly number[], ids: readonly string[]): RelationRow[] {
  const relations: RelationRow[] = [];
  for (let at = 0; at < numbers.length; at += 4)
    relations.push({
      kind: numbers[at] ?? 0,
      clause: numbers[at + 1] ?? 0,
      updateId: ids[numbers[at + 2] ?? 0] ?? '',
      revisionNumber: numbers[at + 3] ?? 0,
    });
  return relations;
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

/** Buffers that libraries share out among many are not larger. */
const SHARED = 64 * 1024;

/** The buffer of these bytes, if it holds nothing else and can change hands. */
export function transferable({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  const isAlone =
    byteLength === buffer.byteLength || (buffer.byteLength > SHARED && byteLength > buffer.byteLength / 4);
  return byteLength > 0 && isAlone && buffer instanceof ArrayBuffer ? [buffer] : [];
}
