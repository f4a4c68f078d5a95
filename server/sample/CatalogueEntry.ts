import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { identityKey } from '../metadata/UpdateIdentity.js';
import { readUpdateDocument } from '../metadata/readUpdateDocument.js';
import type { SourceFileUrl } from '../wire/getUpdateData.js';

/** What a catalogue knows of a document without reading it again. */
export interface DocumentFacts {
  /** A category or a detectoid. */
  readonly isConfiguration: boolean;
  /** Products and classifications it belongs to; of a category: its parent. */
  readonly memberships: readonly string[];
  /** Exact revisions of its children. */
  readonly bundled: readonly UpdateIdentity[];
  /** Ids that must be installed or true before it, categories apart; none where not given. */
  readonly prerequisites?: readonly string[];
}

/** A document to put into a catalogue; facts that are not given are read from it. */
export interface CatalogueDocument extends Partial<DocumentFacts> {
  readonly identity: UpdateIdentity;
  readonly xml: Uint8Array;
  readonly fileUrls?: readonly SourceFileUrl[];
  readonly contentFiles?: readonly Uint8Array[];
}

/** A document in a catalogue. */
export interface CatalogueEntry extends DocumentFacts {
  readonly identity: UpdateIdentity;
  readonly key: string;
  readonly xml: Uint8Array;
  readonly fileUrls: readonly SourceFileUrl[];
  readonly prerequisites: readonly string[];
  /** The change that brought it. */
  readonly change: number;
  escaped?: Uint8Array;
}

/**
 * The entry of a document.
 * @throws SyncError DocumentInvalid when facts are missing and the document cannot be read
 */
export function entryOf(document: CatalogueDocument, change: number): CatalogueEntry {
  const identity = {
    updateId: document.identity.updateId.toLowerCase(),
    revisionNumber: document.identity.revisionNumber,
  };
  const facts = hasFacts(document) ? document : factsOf(document);
  return {
    identity,
    change,
    key: identityKey(identity),
    xml: document.xml,
    fileUrls: document.fileUrls ?? [],
    isConfiguration: document.isConfiguration ?? facts.isConfiguration,
    memberships: document.memberships ?? facts.memberships,
    bundled: document.bundled ?? facts.bundled,
    prerequisites: facts.prerequisites ?? [],
  };
}

/** Reads the facts from the document itself. */
export function factsOf(document: CatalogueDocument): DocumentFacts {
  const metadata = readUpdateDocument(document.xml, identityKey(document.identity), { wantsLanguage: () => false });
  return {
    isConfiguration: metadata.updateType === 'Category' || metadata.updateType === 'Detectoid',
    memberships: metadata.prerequisites.filter((clause) => clause.isCategory).flatMap((clause) => clause.updateIds),
    bundled: metadata.bundledUpdates.flat(),
    prerequisites: metadata.prerequisites.filter((clause) => !clause.isCategory).flatMap((clause) => clause.updateIds),
  };
}

function hasFacts(document: CatalogueDocument): document is CatalogueDocument & DocumentFacts {
  return document.isConfiguration !== undefined && document.memberships !== undefined && document.bundled !== undefined;
}
