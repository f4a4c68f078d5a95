import { SyncError } from '../errors/SyncError.js';
import type { Steps } from '../platform/inTurns.js';
import type { ElementReader } from '../xml/ElementReader.js';
import { XmlScanner, XmlSyntaxError } from '../xml/XmlScanner.js';

/** What is listed of a document, and what reads it. */
interface QuickReader<Result> {
  readonly list: (bytes: Uint8Array) => ElementReader | undefined;
  readonly read: (reader: ElementReader) => Steps<Result>;
}

/**
 * Reads a document (UTF-8 bytes) from what was listed of it. What is not listed, or not as it must be, is judged by
 * `XmlScanner`, which knows where it is wrong.
 * @throws SyncError DocumentInvalid naming `what` and the reason
 */
export function* readQuickly<Result>(bytes: Uint8Array, what: string, reader: QuickReader<Result>): Steps<Result> {
  const quick = yield* readListed(bytes, reader);
  if (quick !== undefined) return quick;
  try {
    return yield* reader.read(yield* XmlScanner.open(bytes));
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    throw new SyncError('DocumentInvalid', { what, reason: error.message }, { cause: error });
  }
}

function* readListed<Result>(bytes: Uint8Array, { list, read }: QuickReader<Result>): Steps<Result | undefined> {
  const elements = list(bytes);
  if (elements === undefined) return undefined;
  try {
    return yield* read(elements);
  } catch (error) {
    if (error instanceof XmlSyntaxError) return undefined;
    throw error;
  }
}
