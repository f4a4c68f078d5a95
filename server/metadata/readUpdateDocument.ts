import { SyncError } from '../errors/SyncError.js';
import { atOnce, type Steps } from '../platform/inTurns.js';
import { XmlScanner, XmlSyntaxError } from '../xml/XmlScanner.js';
import type { UpdateMetadata } from './UpdateMetadata.js';
import { listUpdateElements } from './listUpdateElements.js';
import { type ReadOptions, readUpdateElements } from './readUpdateElements.js';

/**
 * Reads one update document (UTF-8 bytes) into the model; the whole document is checked for well-formedness.
 * @throws SyncError DocumentInvalid naming `what` and the reason
 */
export function readUpdateDocument(bytes: Uint8Array, what: string, options: ReadOptions = {}): UpdateMetadata {
  return atOnce(readUpdateInSteps(bytes, what, options));
}

/** The same in steps, for a document that names very many others. */
export function* readUpdateInSteps(bytes: Uint8Array, what: string, options: ReadOptions = {}): Steps<UpdateMetadata> {
  const quick = yield* readListed(bytes, options);
  if (quick !== undefined) return quick;
  try {
    return yield* readUpdateElements(new XmlScanner(bytes), options);
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    throw new SyncError('DocumentInvalid', { what, reason: error.message }, { cause: error });
  }
}

/** What is not listed, or not as it must be, is judged by `XmlScanner`, which knows where it is wrong. */
function* readListed(bytes: Uint8Array, options: ReadOptions): Steps<UpdateMetadata | undefined> {
  const elements = listUpdateElements(bytes);
  if (elements === undefined) return undefined;
  try {
    return yield* readUpdateElements(elements, options);
  } catch (error) {
    if (error instanceof XmlSyntaxError) return undefined;
    throw error;
  }
}
