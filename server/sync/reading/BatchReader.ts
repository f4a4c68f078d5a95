import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import { sharedCabinets } from '../../state/sharedCabinets.js';
import type { DocumentBatch } from '../../upstream/Source.js';
import { type AnswerReader, answerReader } from '../../upstream/readAnswer.js';
import { readBatch, type ReadBatch } from '../readBatch.js';

/** Reads what an upstream sends, for one run: the answers into documents, the documents into rows and blocks. */
export interface BatchReader extends AnswerReader {
  /** So many documents will come. */
  expect(documents: number): void;
  /** As `readBatch`; nobody else uses the documents any more. @throws SyncError ReaderEnded */
  readBatch(asked: readonly UpdateIdentity[], answer: DocumentBatch, signal: AbortSignal): Promise<ReadBatch>;
  close(): Promise<void>;
}

/** Reads in the thread of whoever asks. */
export function readerHere(): BatchReader {
  return {
    ...answerReader({ cabinets: sharedCabinets }),
    expect: () => undefined,
    // The next answer is read while this one is packed.
    readBatch: async (asked, answer) => readBatch(asked, answer, { aside: true }),
    close: async () => Promise.resolve(),
  };
}
