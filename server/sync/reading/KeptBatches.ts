import { SyncError } from '../../errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { UpdateMetadata } from '../../metadata/UpdateMetadata.js';
import { readUpdateOutline, type UpdateOutline } from '../../metadata/readUpdateOutline.js';
import { inTurns } from '../../platform/inTurns.js';
import { fileAddressesOf } from '../../state/readDocument.js';
import { encodeFileAddresses } from '../../store/fileAddresses.js';
import { revisionFactsOf } from '../../store/revisionRowOf.js';
import type { RevisionFacts } from '../../store/rows.js';
import { sealDocuments, type SealedDocuments } from '../../store/segmentBlock.js';
import { packagedUrls } from '../../transfer/PackageSource.js';
import type { PackageDocument, PackageManifest } from '../../transfer/package.js';
import { isConfiguration, type OutlineReader } from '../../transfer/surveyPackage.js';
import { type KnownTerms, PIECE, type ReadBatch, readDocument } from '../readBatch.js';
import { packRows, unpackRows } from './jobs.js';

/** Bytes of rows and packed documents that are kept. What a package has beyond them is read again. */
const MOST = 48 * 1024 * 1024;
/** Bytes of documents that wait to be packed; a batch of longer ones is read again. Their rows are made in one step. */
const MOST_WAITING = 4 * 1024 * 1024;

/** How much is kept, in bytes; other figures are for tests. */
interface KeptLimits {
  readonly most: number;
  readonly waiting: number;
}

/** A document that was read and is not packed yet. */
interface Waiting {
  readonly document: PackageDocument;
  readonly metadata: UpdateMetadata;
  readonly facts: RevisionFacts;
}

/** A batch as it waits for the import: the rows as `packRows` makes them. */
interface KeptBatch {
  readonly keys: readonly string[];
  readonly rows: string;
  readonly sealed: SealedDocuments;
  readonly terms: KnownTerms;
}

/** The documents of a stream since its last whole batch. */
class Beginning {
  documents: Waiting[] = [];
  /** With those that are not kept. */
  count = 0;
  bytes = 0;
}

/**
 * Reads the documents of a package for its check as the import will need them, and keeps what it has read until then:
 * a small package is unpacked and read once. The import asks for the same batches, unless it leaves documents out.
 */
export class KeptBatches implements OutlineReader {
  readonly #limits: KeptLimits;
  readonly #kept = new Map<string, KeptBatch>();
  readonly #begun = { configuration: new Beginning(), updates: new Beginning() };
  #manifest: PackageManifest | undefined;
  #bytes = 0;

  constructor(limits: KeptLimits = { most: MOST, waiting: MOST_WAITING }) {
    this.#limits = limits;
  }

  /** Refuses what `readUpdateOutline` refuses, in its words. @throws SyncError DocumentInvalid */
  async outlineOf(document: PackageDocument, manifest: PackageManifest): Promise<UpdateOutline> {
    this.#manifest = manifest;
    const key = identityKey(document.identity);
    const read = this.#bytes < this.#limits.most ? await readOrNot(document) : undefined;
    const outline = read === undefined ? await inTurns(readUpdateOutline(document.xml, key)) : outlineOf(read.metadata);
    // One that says that it is another is left out.
    if (identityKey(outline.identity) === key)
      await this.#add(isConfiguration(outline) ? 'configuration' : 'updates', read, document.xml.length);
    return outline;
  }

  /** A batch that was kept, once: exactly these documents in this order. */
  async take(asked: readonly UpdateIdentity[]): Promise<ReadBatch | undefined> {
    for (const begun of Object.values(this.#begun)) await this.#end(begun);
    const keys = asked.map(identityKey);
    const [first = ''] = keys;
    const batch = this.#kept.get(first);
    this.#kept.delete(first);
    if (batch === undefined || batch.keys.join() !== keys.join()) return undefined;
    const { rows, sealed, terms } = batch;
    return { revisions: unpackRows(rows), sealed, terms, failed: [] };
  }

  async #add(stream: 'configuration' | 'updates', read: Waiting | undefined, bytes: number): Promise<void> {
    const begun = this.#begun[stream];
    begun.count += 1;
    begun.bytes += bytes;
    if (read !== undefined) begun.documents.push(read);
    if (begun.bytes > this.#limits.waiting) begun.documents = [];
    if (begun.count < PIECE) return;
    await this.#end(begun);
  }

  /** Keeps a batch of which nothing is missing. */
  async #end(begun: Beginning): Promise<void> {
    const { documents, count } = begun;
    Object.assign(begun, new Beginning());
    const [first] = documents;
    if (first === undefined || documents.length < count || this.#manifest === undefined) return;
    const batch = await packed(documents, this.#manifest);
    this.#bytes += batch.rows.length * 2 + batch.sealed.bytes.length;
    this.#kept.set(identityKey(first.document.identity), batch);
  }
}

/** Undefined for a document whose row cannot be made: the outline says whether the package may hold it. */
async function readOrNot(document: PackageDocument): Promise<Waiting | undefined> {
  try {
    const metadata = await inTurns(readDocument(document));
    return { document, metadata, facts: await inTurns(revisionFactsOf(metadata)) };
  } catch (error) {
    if (error instanceof SyncError) return undefined;
    throw error;
  }
}

function outlineOf({ identity, updateType, bundledUpdates, files }: UpdateMetadata): UpdateOutline {
  return { identity, updateType, bundledUpdates, digests: files.map(({ digest }) => digest) };
}

async function packed(documents: readonly Waiting[], manifest: PackageManifest): Promise<KeptBatch> {
  const addresses = packagedUrls(
    manifest,
    documents.map(({ document }) => document),
  );
  const urls = new Map(addresses.map(({ digest, muUrl }) => [digest, muUrl]));
  const records = documents.map(({ document, metadata }) => ({
    document: document.xml,
    notes: encodeFileAddresses(fileAddressesOf(metadata, urls)),
  }));
  const termed = documents.filter(({ metadata }) => metadata.eulaId !== '');
  return {
    keys: documents.map(({ document }) => identityKey(document.identity)),
    rows: packRows(documents.map(({ facts }) => facts)),
    sealed: await sealDocuments(records),
    terms: new Map(termed.map(({ document, metadata }) => [identityKey(document.identity), metadata.eulaFiles])),
  };
}
