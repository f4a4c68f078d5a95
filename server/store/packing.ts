import type { DocumentStream } from './DocumentStore.js';
import { sealDocuments, type SealedDocuments } from './segmentBlock.js';

/** A segment that has become so long gets no further documents. */
export const SEGMENT_LIMIT = 256 * 1024 * 1024;

/** How the documents of a stream are packed: nobody waits for maintenance. */
const PACKING = {
  configuration: 'quick',
  updates: 'quick',
  compactedConfiguration: 'small',
  compactedUpdates: 'small',
} as const;

const NO_NOTES = new Uint8Array(0);

/** Documents with their notes, packed as their stream is. */
export async function sealFor(
  stream: DocumentStream,
  documents: readonly Uint8Array[],
  notes: readonly Uint8Array[],
): Promise<SealedDocuments> {
  const records = documents.map((document, index) => ({ document, notes: notes[index] ?? NO_NOTES }));
  return sealDocuments(records, PACKING[stream]);
}
