import { createHash } from 'node:crypto';
import path from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { replaceFile } from '../platform/replaceFile.js';
import { namesIn } from './fileCalls.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';

/** Where the licence terms of a site are, by their base64 SHA-1. */
export interface LicenseTerms {
  /** Undefined while a text was not downloaded. @throws SyncError StoreCorrupt */
  read(digest: string): Promise<Uint8Array | undefined>;
  /** Keeps a text, whole or not at all. @throws SyncError StoreWriteFailed */
  write(digest: string, bytes: Uint8Array): Promise<void>;
}

/** Licence terms as files of one folder, named by their SHA-1: the same text of many updates is there once. */
export class LicenseTermsStore implements LicenseTerms {
  readonly #folder: string;
  readonly #files: FolderFiles;

  constructor(folder: string, files: FolderFiles) {
    this.#folder = folder;
    this.#files = files;
  }

  /**
   * The bytes of a text by its base64 SHA-1, undefined while it was not downloaded. One that is damaged is as if it had
   * not been: the next full synchronization downloads it again.
   */
  async read(digest: string): Promise<Uint8Array | undefined> {
    try {
      const bytes = this.#files.readFileSync(this.#fileOf(digest));
      const isWhole = createHash('sha1').update(bytes).digest('base64') === digest;
      return await Promise.resolve(isWhole ? bytes : undefined);
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined;
      throw new SyncError('StoreCorrupt', { path: this.#fileOf(digest), reason: reasonOf(error) }, { cause: error });
    }
  }

  /** Of all that there are, base64. */
  digests(): readonly string[] {
    const names = namesIn(this.#files, this.#folder).filter((name) => /^[\da-f]{40}\.txt$/.test(name));
    return names.map((name) => Buffer.from(name.slice(0, 40), 'hex').toString('base64'));
  }

  /**
   * Keeps a text, whole or not at all.
   * @throws SyncError StoreWriteFailed
   */
  async write(digest: string, bytes: Uint8Array): Promise<void> {
    try {
      this.#files.mkdirSync(this.#folder, { recursive: true });
      await replaceFile(this.#fileOf(digest), bytes, { files: this.#files, mode: 0o660 });
    } catch (error) {
      throw new SyncError(
        'StoreWriteFailed',
        { path: this.#fileOf(digest), reason: reasonOf(error) },
        { cause: error },
      );
    }
  }

  #fileOf(digest: string): string {
    return path.join(this.#folder, `${Buffer.from(digest, 'base64').toString('hex')}.txt`);
  }
}
