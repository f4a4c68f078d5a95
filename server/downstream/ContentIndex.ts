import { SyncError } from '../errors/SyncError.js';
import { nextTurn } from '../platform/inTurns.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readRecord } from '../state/readDocument.js';
import type { StoredDocument } from '../store/StoreInspection.js';
import { decodeFileAddresses, type FileAddress } from '../store/fileAddresses.js';

/** What of a site is served. */
export type ServedSite = Pick<SiteContext, 'database' | 'documents' | 'licenseTerms'>;

const DIGEST = 20;
const FIRST_CAPACITY = 1024;

/**
 * Numbers by SHA-1: 24 bytes an entry and no objects, because a large catalogue has millions of files. 0 is not a
 * number.
 */
export class DigestTable {
  #keys = Buffer.alloc(FIRST_CAPACITY * DIGEST);
  #values = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(digest: Uint8Array): number | undefined {
    const value = this.#values[this.#slotOf(digest)] ?? 0;
    return value === 0 ? undefined : value;
  }

  /** Keeps the newest number of a digest. */
  set(digest: Uint8Array, value: number): void {
    if (this.#size * 2 >= this.#values.length) this.#grow();
    const slot = this.#slotOf(digest);
    if (this.#values[slot] === 0) this.#size += 1;
    this.#keys.set(digest, slot * DIGEST);
    this.#values[slot] = value;
  }

  /** Where a digest stands or would stand: its first bytes say where to begin, digests are spread evenly. */
  #slotOf(digest: Uint8Array): number {
    const mask = this.#values.length - 1;
    let slot = Buffer.from(digest.buffer, digest.byteOffset, DIGEST).readUInt32LE(0) & mask;
    while (this.#values[slot] !== 0 && this.#keys.compare(digest, 0, DIGEST, slot * DIGEST, (slot + 1) * DIGEST) !== 0)
      slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = Buffer.alloc(keys.length * 2);
    this.#values = new Uint32Array(values.length * 2);
    this.#size = 0;
    for (const [slot, value] of values.entries())
      if (value !== 0) this.set(keys.subarray(slot * DIGEST, (slot + 1) * DIGEST), value);
  }
}

const SHA1_BYTES = 20;
/** Documents read before others have their turn. */
const STEP = 32;

/**
 * Which revision names a file: built from the notes of all documents when a file is first asked for, then kept up with
 * new ones. In memory, and only where content is redirected.
 */
export class ContentIndex {
  readonly #site: ServedSite;
  readonly #revisions = new DigestTable();
  #next = 1;
  #reading: Promise<void> | undefined;

  constructor(site: ServedSite) {
    this.#site = site;
  }

  /** Where Microsoft has a file, by its SHA-1; undefined where no document of the site says so. */
  async addressOf(sha1: Uint8Array): Promise<string | undefined> {
    await this.#readOn();
    const revisionId = this.#revisions.get(sha1);
    if (revisionId === undefined) return undefined;
    const [stored] = await this.#site.database.storedDocuments(revisionId - 1, 1);
    if (stored?.revisionId !== revisionId) return undefined;
    const digest = Buffer.from(sha1).toString('base64');
    return (await this.#filesOf(stored)).find((file) => file.digest === digest)?.url;
  }

  async #readOn(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    for (;;) {
      const documents = await this.#site.database.storedDocuments(this.#next - 1, STEP);
      if (documents.length === 0) return;
      for (const stored of documents) {
        for (const { digest, url } of await this.#filesOf(stored)) if (url !== '') this.#add(digest, stored.revisionId);
        this.#next = stored.revisionId + 1;
      }
      await nextTurn();
    }
  }

  #add(digest: string, revisionId: number): void {
    const bytes = Buffer.from(digest, 'base64');
    if (bytes.length === SHA1_BYTES) this.#revisions.set(bytes, revisionId);
  }

  async #filesOf(stored: StoredDocument): Promise<readonly FileAddress[]> {
    try {
      return decodeFileAddresses((await readRecord(this.#site, stored)).notes);
    } catch (error) {
      // A check names the damaged document; the others are not to suffer.
      if (error instanceof SyncError && error.errorId === 'StoreCorrupt') return [];
      throw error;
    }
  }
}
