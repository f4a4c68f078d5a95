import type { FileHandle } from 'node:fs/promises';
import { PackageError } from './PackageError.js';

const WINDOW_BYTES = 256 * 1024;

/** Reads a file front to back in large pieces, whatever small ones are asked for. */
export class FileWindow {
  readonly #file: FileHandle;
  #window: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Exactly these bytes, valid until the next call. @throws PackageError when the file is shorter */
  async bytes(position: number, length: number): Promise<Buffer> {
    if (position < this.#start || position + length > this.#start + this.#window.length)
      await this.#load(position, length);
    const at = position - this.#start;
    if (at + length > this.#window.length) throw new PackageError('it is truncated');
    return this.#window.subarray(at, at + length);
  }

  async #load(position: number, length: number): Promise<void> {
    const window = Buffer.allocUnsafe(Math.max(WINDOW_BYTES, length));
    let filled = 0;
    while (filled < window.length) {
      const { bytesRead } = await this.#file.read(window, filled, window.length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.#window = window.subarray(0, filled);
    this.#start = position;
  }
}
