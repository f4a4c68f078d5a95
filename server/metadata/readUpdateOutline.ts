import type { Steps } from '../platform/inTurns.js';
import { CLOSE, type ElementReader } from '../xml/ElementReader.js';
import { QuickScanner } from '../xml/QuickScanner.js';
import { XmlSyntaxError } from '../xml/XmlScanner.js';
import type { UpdateIdentity } from './UpdateIdentity.js';
import { UPDATE_NAMESPACE } from './UpdateMetadata.js';
import { newDraft } from './UpdateDraft.js';
import { readQuickly } from './readQuickly.js';
import { hasRevision, readIdentity, readRelationships } from './readRelationships.js';
import { childrenOfUpdate } from './updateRoot.js';

/** Which document it is, and what it needs. */
export interface UpdateOutline {
  readonly identity: UpdateIdentity;
  readonly updateType: string;
  /** Clauses of its bundle. */
  readonly bundledUpdates: readonly (readonly UpdateIdentity[])[];
  /** base64 SHA-1 of its files, without licence terms. */
  readonly digests: readonly string[];
}

const scanner = new QuickScanner({
  namespaces: [UPDATE_NAMESPACE],
  whole: ['UpdateIdentity', 'Relationships'],
  children: ['Properties', 'Files'],
  others: [
    ...['Update', 'UpdateID', 'RevisionNumber', 'UpdateType', 'File', 'Digest'],
    ...['Prerequisites', 'BundledUpdates', 'SupersededUpdates', 'AtLeastOne', 'IsCategory'],
  ],
});

/**
 * Reads an update document (UTF-8 bytes) without its texts and properties. It refuses what `readUpdateDocument`
 * refuses.
 * @throws SyncError DocumentInvalid naming `what` and the reason
 */
export function* readUpdateOutline(bytes: Uint8Array, what: string): Steps<UpdateOutline> {
  return yield* readQuickly(bytes, what, { list: (document) => scanner.list(document), read: readOutline });
}

function* readOutline(reader: ElementReader): Steps<UpdateOutline> {
  const draft = newDraft();
  let updateType = '';
  const digests: string[] = [];
  for (const name of childrenOfUpdate(reader)) {
    if (name === 'Relationships') yield* readRelationships(reader, draft);
    else if (name === 'Files') yield* readDigests(reader, digests);
    else {
      if (name === 'UpdateIdentity') draft.identity = readIdentity(reader);
      if (name === 'Properties') updateType = reader.attribute('UpdateType') ?? '';
      yield* reader.passOver();
    }
  }
  const { identity, bundledUpdates } = draft;
  if (identity === undefined || !hasRevision(identity)) throw new XmlSyntaxError('it has no valid UpdateIdentity', 0);
  return { identity, updateType, bundledUpdates, digests };
}

function* readDigests(reader: ElementReader, digests: string[]): Steps<void> {
  while (reader.next() !== CLOSE) {
    if (reader.nameIn(UPDATE_NAMESPACE) === 'File') digests.push(reader.attribute('Digest') ?? '');
    yield* reader.passOver();
  }
}
