import { sealDocuments, type SealedDocuments } from './segmentBlock.js';

/** A segment that has become so long gets no further documents. */
export const SEGMENT_LIMIT = 256 * 1024 * 1024;

const NO_NOTES = new Uint8Array(0);

/** Documents with their notes, packed. */
export async function sealWithNotes(
  documents: readonly Uint8Array[],
  notes: readonly Uint8Array[],
): Promise<SealedDocuments> {
  const records = documents.map((document, index) => ({ document, notes: notes[index] ?? NO_NOTES }));
  return sealDocuments(records);
}
