import type { Stats } from 'node:fs';
import { reasonOf } from '../errors/SyncError.js';
import { reasonAgainstKind } from '../platform/files/fileTrust.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { isHeld, removeUnlessHeld } from '../platform/files/heldFiles.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';

/** The file beside a log, and how much it takes. */
interface PendingOptions {
  readonly file: string;
  readonly files: FolderFiles;
  readonly limit: number;
  readonly platform?: NodeJS.Platform | undefined;
}

/** Appends to a file, which is made where it is not there. */
export function append(files: FolderFiles, file: string, text: string | Uint8Array): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const descriptor = files.openSync(file, 'a', 0o660);
  try {
    for (let at = 0; at < bytes.length;) at += files.writeSync(descriptor, bytes, at);
  } finally {
    files.closeSync(descriptor);
  }
}

/** Bytes of a file, 0 where it is not there. */
export function sizeOf(files: FolderFiles, file: string): number {
  return look(files, file)?.size ?? 0;
}

function look(files: FolderFiles, file: string): Stats | undefined {
  try {
    return files.lstatSync(file);
  } catch (caught) {
    if (systemErrorCode(caught) === 'ENOENT') return undefined;
    throw caught;
  }
}

/** So much is read at once: whoever may write in the folder can put a file of any size there. */
const PIECE = 1024 * 1024;

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

  /** Takes text; false where it is full, or something else stands there. */
  add(text: string): boolean {
    const { files, file, limit } = this.#options;
    const found = look(files, file);
    if (found !== undefined && reasonAgainstKind(found) !== undefined) return false;
    this.#notice(found?.size ?? 0);
    if ((found?.size ?? 0) - this.#moved + Buffer.byteLength(text) > limit) return false;
    append(files, file, text);
    this.#mayBeThere = true;
    return true;
  }

  /**
   * Gives what waits to `write`, in pieces, and takes it away. Gives what of it stays out of the log, and why: what no
   * engine has put there is left as it is, and of a file that is longer than an engine makes it the rest goes.
   */
  moveTo(write: (piece: string | Uint8Array) => void): string | undefined {
    if (!this.#mayBeThere) return undefined;
    const opened = this.#open();
    if (typeof opened === 'object') return this.#leave(opened.reason);
    const tooLong = opened === undefined ? 0 : this.#moveOpen(opened, write);
    this.#remove();
    return tooLong === 0
      ? undefined
      : `${tooLong} bytes of ${this.#options.file} are left out: no engine lets so much wait there`;
  }

  /** Undefined where nothing is there. */
  #open(): number | { readonly reason: string } | undefined {
    const { files, file, platform } = this.#options;
    try {
      const found = look(files, file);
      const reason = found && reasonAgainstKind(found);
      return reason === undefined ? found && files.openSync(file, 'r') : { reason };
    } catch (caught) {
      if (isHeld(caught, platform)) throw caught;
      return { reason: reasonOf(caught) };
    }
  }

  /** A file that is shorter is another one. */
  #notice(size: number): void {
    if (size < this.#moved) this.#moved = 0;
  }

  #leave(reason: string): string {
    this.#mayBeThere = false;
    return `${this.#options.file} is left as it is: ${reason}`;
  }

  /** Gives how many bytes stay out. */
  #moveOpen(descriptor: number, write: (piece: string | Uint8Array) => void): number {
    const { files, limit } = this.#options;
    try {
      const { size } = files.fstatSync(descriptor);
      this.#notice(size);
      const end = Math.min(size, this.#moved + limit);
      while (this.#moved < end) {
        const piece = Buffer.allocUnsafe(Math.min(PIECE, end - this.#moved));
        const read = files.readSync(descriptor, piece, 0, piece.length, this.#moved);
        if (read === 0) break;
        write(piece.subarray(0, read));
        this.#moved += read;
      }
      if (size > end) write('\r\n');
      // The rest is passed over also where the file cannot be taken away yet.
      this.#moved = Math.max(this.#moved, size);
      return size - end;
    } finally {
      files.closeSync(descriptor);
    }
  }

  #remove(): void {
    const { files, file, platform } = this.#options;
    if (!removeUnlessHeld(files, file, platform)) return;
    this.#moved = 0;
    this.#mayBeThere = false;
  }
}
