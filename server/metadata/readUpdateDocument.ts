import { atOnce, type Steps } from '../platform/inTurns.js';
import type { UpdateMetadata } from './UpdateMetadata.js';
import { listUpdateElements } from './listUpdateElements.js';
import { readQuickly } from './readQuickly.js';
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
  const read = (reader: Parameters<typeof readUpdateElements>[0]) => readUpdateElements(reader, options);
  return yield* readQuickly(bytes, what, { list: listUpdateElements, read });
}
