import type { SegmentInfo } from '../criteria/segmentsToCompact.js';
import type { Slab } from '../platform/Slab.js';
import type { SealedDocuments } from './segmentBlock.js';
import type { DocumentRecord } from './segmentRecord.js';

/** Where a document lies: segment number, position and length of its record in bytes. */
export interface DocumentLocation {
  readonly segment: number;
  readonly position: number;
  readonly length: number;
}

/**
 * Documents of one stream are packed together: configuration documents and updates have little in common, and
 * compaction takes its time.
 */
export type DocumentStream = 'configuration' | 'updates' | 'compactedConfiguration' | 'compactedUpdates';

/** The files of documents as they are now: up to their lengths they stay as they are until released. */
export interface HeldSegments {
  readonly files: readonly HeldFile[];
  readonly release: () => void;
}

/** Original documents, byte for byte, packed in blocks, each readable alone. Durable when the promise is fulfilled. */
export interface DocumentStore {
  /** `notes`, one for each document, are kept beside the documents and move with them. */
  append(
    stream: DocumentStream,
    documents: readonly Uint8Array[],
    notes?: readonly Uint8Array[],
  ): Promise<readonly DocumentLocation[]>;
  /** The same with documents that were packed before. */
  appendSealed(stream: DocumentStream, sealed: SealedDocuments): Promise<readonly DocumentLocation[]>;
  /** @throws SyncError StoreCorrupt */
  read(location: DocumentLocation): Promise<Uint8Array>;
  /**
   * The document with its notes. They are put into `room` as far as it goes: for whoever reads many and keeps none.
   * @throws SyncError StoreCorrupt
   */
  readRecord(location: DocumentLocation, room?: Slab): Promise<DocumentRecord>;
  /** The files there are, those of later engines apart. */
  segments(): Promise<readonly SegmentInfo[]>;
  /**
   * Removes a file that no row points to any more. A file that is being written to stays.
   * @throws SyncError StoreWriteFailed, while a backup reads it, or on Windows another process
   */
  drop(segment: number): Promise<void>;
  /** No file is removed until the result is released. @throws SyncError StoreReadFailed */
  hold(): HeldSegments;
  /** What is stored from now on goes into new segments: one that is damaged must not get more. */
  beginSegments(): void;
  /** Header and size of every segment there is. */
  inspect(): Promise<readonly SegmentState[]>;
  /** The file that a segment of that number has. */
  fileOf(segment: number): string;
  /** Another one over the same files that has none of them open yet: it sees them as they are now. */
  reopened(): DocumentStore;
  close(): Promise<void>;
}

/** A file of the store as it was at one moment: it may have grown since. */
export interface HeldFile {
  /** Inside its folder. */
  readonly name: string;
  readonly length: number;
}

/**
 * A segment as it lies on the disk: its records stand from `start` to `size`. A damaged header makes none of them
 * readable.
 */
export interface SegmentState {
  readonly number: number;
  readonly path: string;
  readonly start: number;
  readonly size: number;
  readonly problem: string | undefined;
}
