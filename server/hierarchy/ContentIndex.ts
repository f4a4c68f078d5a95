import { readRecord } from '../state/readDocument.js';
import { SyncError } from '../errors/SyncError.js';
import { nextTurn } from '../platform/inTurns.js';
import type { StoredDocument } from '../store/StoreInspection.js';
import { decodeFileAddresses } from '../store/fileAddresses.js';
import type { FileAddress } from '../store/fileAddresses.js';
import { DigestTable } from './DigestTable.js';
import type { ServedSite } from './SiteCatalogue.js';

const SHA1_BYTES = 20;
/** Documents read before others have their turn. */
const STEP = 32;

/**
 * Which revision names a file: built from the notes of all documents when a file is first asked for, then kept up with
 * new ones. In memory, and only where content is redirected.
 */
export class ContentIndex {
  readonly #revisions = new DigestTable();
  #next = 1;
  #reading: Promise<void> | undefined;

  constructor(private readonly site: ServedSite) {}

  /** Where Microsoft has a file, by its SHA-1; undefined where no document of the site says so. */
  async addressOf(sha1: Uint8Array): Promise<string | undefined> {
    await this.#readOn();
    const revisionId = this.#revisions.get(sha1);
    if (revisionId === undefined) return undefined;
    const [stored] = await this.site.database.storedDocuments(revisionId - 1, 1);
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
      const documents = await this.site.database.storedDocuments(this.#next - 1, STEP);
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
      return decodeFileAddresses((await readRecord(this.site, stored.revisionId, stored.location)).notes);
    } catch (error) {
      // A check names the damaged document; the others are not to suffer.
      if (error instanceof SyncError && error.errorId === 'StoreCorrupt') return [];
      throw error;
    }
  }
}
