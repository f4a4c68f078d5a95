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
  close(): Promise<void>;
}
