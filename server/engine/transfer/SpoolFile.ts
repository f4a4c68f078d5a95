import type { FileHandle } from 'node:fs/promises';
import type { FolderFiles } from '../../platform/files/folderFiles.js';
import { removeWithRetry } from '../../platform/files/heldFiles.js';

const FLUSH_CHARACTERS = 256 * 1024;

/** Text that is put aside in a file of its own until its turn comes. */
export class SpoolFile {
  readonly #files: FolderFiles;
  readonly #path: string;
  readonly #file: FileHandle;
  #waiting: string[] = [];
  #characters = 0;
  #bytes = 0;

  private constructor(files: FolderFiles, path: string, file: FileHandle) {
    this.#files = files;
    this.#path = path;
    this.#file = file;
  }

  static async create(files: FolderFiles, path: string): Promise<SpoolFile> {
    return new SpoolFile(files, path, await files.openHandle(path, 'w', 0o660));
  }

  /** Bytes so far. */
  get bytes(): number {
    return this.#bytes;
  }

  async append(text: string): Promise<void> {
    this.#waiting.push(text);
    this.#characters += text.length;
    this.#bytes += Buffer.byteLength(text);
    if (this.#characters >= FLUSH_CHARACTERS) await this.#flush();
  }

  /** All of it, in pieces. */
  async *pieces(): AsyncGenerator<Buffer, void, undefined> {
    await this.#flush();
    const file = await this.#files.openHandle(this.#path, 'r');
    for await (const piece of file.createReadStream({ highWaterMark: FLUSH_CHARACTERS })) yield piece as Buffer;
  }

  /** Ends it as a file that stays. */
  async close(): Promise<void> {
    await this.#flush();
    await this.#file.sync();
    await this.#file.close();
  }

  async remove(): Promise<void> {
    await this.#file.close();
    await removeWithRetry(this.#files, this.#path);
  }

  async #flush(): Promise<void> {
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#characters = 0;
    await this.#file.write(text);
  }
}
