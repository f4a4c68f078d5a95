import type { FolderFiles } from '../platform/files/folderFiles.js';
import { isHeld } from '../platform/files/heldFiles.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';

/** The file beside a log, and how much it takes. */
interface PendingOptions {
  readonly file: string;
  readonly files: FolderFiles;
  readonly limit: number;
  readonly platform?: NodeJS.Platform | undefined;
}

/** Appends text to a file, which is made where it is not there. */
export function append(files: FolderFiles, file: string, text: string): void {
  const descriptor = files.openSync(file, 'a', 0o660);
  try {
    files.writeSync(descriptor, text);
  } finally {
    files.closeSync(descriptor);
  }
}

/** Bytes of a file, 0 where it is not there. */
export function sizeOf(files: FolderFiles, file: string): number {
  try {
    return files.lstatSync(file).size;
  } catch (caught) {
    if (systemErrorCode(caught) === 'ENOENT') return 0;
    throw caught;
  }
}

/**
 * Lines that wait in a file beside a log that somebody holds, also for the next engine. One that is killed between
 * moving them and taking the file away leaves them twice.
 */
export class PendingLines {
  readonly #options: PendingOptions;
  /** True until it is known that the file is not there: an engine before may have left it. */
  #mayBeThere = true;
  /** So much of it stands in the log already, and somebody holds the file. */
  #moved = 0;

  constructor(options: PendingOptions) {
    this.#options = options;
  }

  /** Takes text; false where it is full. */
  add(text: string): boolean {
    const { files, file, limit } = this.#options;
    if (sizeOf(files, file) - this.#moved + text.length > limit) return false;
    append(files, file, text);
    this.#mayBeThere = true;
    return true;
  }

  /** Gives what waits to `write`, and takes it away. */
  moveTo(write: (text: string) => void): void {
    if (!this.#mayBeThere) return;
    const { files, file, platform } = this.#options;
    const size = sizeOf(files, file);
    if (size > this.#moved) write(files.readFileSync(file).subarray(this.#moved).toString('utf8'));
    this.#moved = size;
    try {
      files.rmSync(file, { force: true });
      this.#moved = 0;
      this.#mayBeThere = false;
    } catch (caught) {
      if (!isHeld(caught, platform)) throw caught;
    }
  }
}
