import type { SegmentState } from './StoreInspection.js';

/** Where a document lies: segment number, position and length of its record in bytes. */
export interface DocumentLocation {
  readonly segment: number;
  readonly position: number;
  readonly length: number;
}

/** Documents that are written together share a dictionary: configuration documents and updates differ too much for one. */
export type DocumentStream = 'configuration' | 'updates';

/** Original documents, byte for byte, compressed, each readable alone. Durable when the promise is fulfilled. */
export interface DocumentStore {
  append(stream: DocumentStream, documents: readonly Uint8Array[]): Promise<readonly DocumentLocation[]>;
  read(location: DocumentLocation): Promise<Uint8Array>;
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
