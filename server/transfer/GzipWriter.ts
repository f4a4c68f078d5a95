import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Gzip } from 'node:zlib';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { escapeBytes } from '../xml/escaping.js';
import type { PackageMember } from './PackageFile.js';
import type { PackageWriter } from './PackageWriter.js';
import { METADATA_ELEMENT, ROOT_END } from './gzipForm.js';

const HEADROOM = 64;

/** The `.xml.gz` that we write (gzipForm.ts). */
export class GzipWriter implements PackageWriter {
  readonly #gzip: Gzip;
  readonly #done: Promise<void>;
  #member: PackageMember = 'package.xml';

  private constructor(gzip: Gzip, done: Promise<void>) {
    this.#gzip = gzip;
    this.#done = done;
    // Awaited at the end; a full disk shows there.
    done.catch(() => undefined);
  }

  /** Makes the file, which must not be there yet. */
  static async create(files: Pick<FolderFiles, 'openHandle'>, path: string): Promise<GzipWriter> {
    const file = await files.openHandle(path, 'wx', 0o660);
    const gzip = createGzip({ chunkSize: HEADROOM * 1024 });
    return new GzipWriter(gzip, pipeline(gzip, file.createWriteStream({ flush: true })));
  }

  async begin(member: PackageMember): Promise<void> {
    this.#member = member;
    if (member === 'metadata.txt') await this.#put(METADATA_ELEMENT.start);
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#put(this.#member === 'metadata.txt' ? escapeBytes(bytes) : bytes);
  }

  async finish(): Promise<void> {
    await this.#put(Buffer.concat([METADATA_ELEMENT.end, ROOT_END]));
    this.#gzip.end();
    await this.#done;
  }

  async abandon(): Promise<void> {
    this.#gzip.destroy();
    await this.#done.catch(() => undefined);
  }

  async #put(bytes: Uint8Array): Promise<void> {
    if (!this.#gzip.write(bytes)) await Promise.race([once(this.#gzip, 'drain'), this.#done]);
  }
}
