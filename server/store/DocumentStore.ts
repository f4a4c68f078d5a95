import type { DocumentRecord } from './segmentRecord.js';
import type { HeldFile } from './SiteDatabase.js';
import type { SegmentState } from './StoreInspection.js';

/** Where a document lies: segment number, position and length of its record in bytes. */
export interface DocumentLocation {
  readonly segment: number;
  readonly position: number;
  readonly length: number;
}

/**
 * Documents that are written together share a dictionary: configuration documents and updates differ too much for one,
 * and compaction has many at once to choose it from.
 */
export type DocumentStream = 'configuration' | 'updates' | 'compactedConfiguration' | 'compactedUpdates';

/** A file of documents. */
export interface SegmentInfo {
  readonly segment: number;
  /** Bytes of the file, and of its records alone; both 0 when its header is not whole. */
  readonly size: number;
  readonly records: number;
  /** True while this engine may write to it. */
  readonly isWritten: boolean;
}

/** The files of documents as they are now: up to their lengths they stay as they are until released. */
export interface HeldSegments {
  readonly files: readonly HeldFile[];
  readonly release: () => void;
}

/** Original documents, byte for byte, compressed, each readable alone. Durable when the promise is fulfilled. */
export interface DocumentStore {
  /** `notes`, one for each document, are kept beside the documents and move with them. */
  append(
    stream: DocumentStream,
    documents: readonly Uint8Array[],
    notes?: readonly Uint8Array[],
  ): Promise<readonly DocumentLocation[]>;
  /** @throws SyncError StoreCorrupt */
  read(location: DocumentLocation): Promise<Uint8Array>;
  /** The document with its notes. @throws SyncError StoreCorrupt */
  readRecord(location: DocumentLocation): Promise<DocumentRecord>;
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
