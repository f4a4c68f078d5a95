import { createHash } from 'node:crypto';
import {
  type ServedCatalogue,
  type ServedConfiguration,
  type ServedDocument,
  servedList,
  type ServedList,
} from '../downstream/ServedCatalogue.js';
import { anchorOf, changeOf } from '../downstream/catalogueAnchor.js';
import { SyncError } from '../errors/SyncError.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { SourceLanguage } from '../wire/getConfigData.js';
import type { RevisionFilter } from '../wire/getRevisionIdList.js';
import { escapeBytes } from '../xml/escaping.js';
import { type CatalogueDocument, type CatalogueEntry, entryOf } from './CatalogueEntry.js';
import { CatalogueIndex, matchingEntries } from './CatalogueIndex.js';

const REVISION = /(<(?:[\w.-]+:)?UpdateIdentity\b[^>]*?\bRevisionNumber\s*=\s*)(["'])\d+\2/;
const STATE = /(\bPublicationState\s*=\s*)(["'])\w+\2/;

/** Writes another revision number into a document. */
function withRevision(xml: string, revisionNumber: number): string {
  return xml.replace(REVISION, `$1$2${revisionNumber}$2`);
}

/** Marks a document as expired. */
function asExpired(xml: string): string {
  return xml.replace(STATE, '$1$2Expired$2');
}

/** What a catalogue is made with. */
export interface MemoryCatalogueOptions {
  readonly serverId: string;
  readonly languages: readonly SourceLanguage[];
  /** Escapes a document when it is first served and keeps the result: faster, and twice the memory. */
  readonly keepsEscaped?: boolean;
}

/** A catalogue in memory, to serve a sample or a package, and to change under a client's feet in tests. */
export class MemoryCatalogue implements ServedCatalogue {
  readonly #index = new CatalogueIndex();
  readonly #content = new Map<string, Uint8Array>();
  readonly #options: MemoryCatalogueOptions;
  #serverId: string;
  #change = 0;
  #configChange = 0;

  constructor(options: MemoryCatalogueOptions) {
    this.#options = options;
    this.#serverId = options.serverId;
  }

  get serverId(): string {
    return this.#serverId;
  }

  /** How many documents it holds. */
  get size(): number {
    return this.#index.size;
  }

  languages(): readonly SourceLanguage[] {
    return this.#options.languages;
  }

  configAnchor(): string {
    return anchorOf(this.#configChange);
  }

  configuration(): Promise<ServedConfiguration> {
    return settled(() => ({ anchor: this.configAnchor(), languages: this.languages() }));
  }

  currentAnchor(): Promise<string> {
    return settled(() => this.anchor());
  }

  /** Nothing is declined here. */
  async *hiddenUpdates(): AsyncIterable<readonly string[]> {
    yield await settled(() => []);
  }

  /** The anchor that a list answered now would carry. */
  anchor(): string {
    return anchorOf(this.#change);
  }

  /** All identities in their order. */
  *identities(): Generator<UpdateIdentity, void, undefined> {
    for (const entry of this.#index.entries()) yield entry.identity;
  }

  listRevisions(filter: RevisionFilter): Promise<ServedList> {
    return settled(() => {
      const since = changeOf(filter.anchor);
      // As Windows does with an anchor of the future: silently nothing.
      const entries = since > this.#change ? [] : matchingEntries(this.#index, filter, since);
      return servedList(
        this.anchor(),
        entries.map((entry) => entry.identity),
      );
    });
  }

  currentRevisions(updateIds: readonly string[]): Promise<readonly UpdateIdentity[]> {
    return settled(() => updateIds.flatMap((updateId) => this.#index.latest(updateId)?.identity ?? []));
  }

  documents(identities: readonly UpdateIdentity[]): Promise<readonly (ServedDocument | undefined)[]> {
    return settled(() => identities.map((identity) => this.#served(this.#index.get(identity))));
  }

  /** Puts documents in, as one change. */
  add(documents: Iterable<CatalogueDocument>): void {
    this.#change++;
    for (const document of documents) {
      this.#index.add(entryOf(document, this.#change));
      for (const file of document.contentFiles ?? []) this.addContentFile(file);
    }
  }

  /** Puts a content file in, to be fetched by its SHA-1. */
  addContentFile(bytes: Uint8Array): void {
    this.#content.set(createHash('sha1').update(bytes).digest('hex'), bytes);
  }

  /** Takes a content file out: it is announced, and nobody gets it. */
  removeContentFile(sha1: string): void {
    this.#content.delete(sha1);
  }

  contentFile(sha1: string): Promise<Uint8Array | undefined> {
    return settled(() => this.#content.get(sha1));
  }

  /** Publishes the next revision of an update with an edited document, and gives its identity. */
  revise(updateId: string, edit: (xml: string) => string): UpdateIdentity {
    const { identity, xml, fileUrls } = this.#known(updateId);
    const revisionNumber = identity.revisionNumber + 1;
    const text = withRevision(edit(Buffer.from(xml).toString('utf8')), revisionNumber);
    const revised = { updateId: identity.updateId, revisionNumber };
    this.add([{ identity: revised, xml: Buffer.from(text, 'utf8'), fileUrls }]);
    return revised;
  }

  /** Publishes a revision that is marked as expired. */
  expire(updateId: string): UpdateIdentity {
    return this.revise(updateId, asExpired);
  }

  /** Takes an update out with all its revisions, as if it had never been there. */
  remove(updateId: string): void {
    this.#index.remove(this.#known(updateId).identity.updateId);
    this.#change++;
  }

  /** Says from now on that another database answers. */
  replaceServer(serverId: string): void {
    this.#serverId = serverId;
    this.#change++;
    this.#configChange = this.#change;
  }

  #known(updateId: string): CatalogueEntry {
    const entry = this.#index.latest(updateId);
    if (entry === undefined) throw new SyncError('UpdateNotFound', { id: updateId });
    return entry;
  }

  #served(entry: CatalogueEntry | undefined): ServedDocument | undefined {
    if (entry === undefined || this.#options.keepsEscaped !== true) return entry;
    entry.escaped ??= escapeBytes(entry.xml);
    return entry;
  }
}

/** The result as a promise; what is thrown rejects it. */
function settled<Result>(work: () => Result): Promise<Result> {
  return new Promise((resolve) => resolve(work()));
}

/** Packs each document once: who serves a sample many times over is not measured by how fast it packs. */
export function packedOnce(pack: (xml: Uint8Array) => Uint8Array): (xml: Uint8Array) => Uint8Array {
  const made = new WeakMap<Uint8Array, Uint8Array>();
  return (xml) => {
    const packed = made.get(xml) ?? pack(xml);
    made.set(xml, packed);
    return packed;
  };
}
