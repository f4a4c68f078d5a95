import { createHash } from 'node:crypto';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { nextTurn } from '../platform/inTurns.js';
import { readAll, writeAll } from '../store/fileCalls.js';

const PIECE = 1024 * 1024;

/** A file and the files of its folder. */
interface PlacedFile {
  readonly files: FolderFiles;
  readonly path: string;
}

/** How a copy is watched and ended early. */
export interface CopyWatch {
  readonly signal: AbortSignal;
  /** Called with the bytes of each piece. */
  readonly onBytes: (count: number) => void;
}

/** What a copy of some files reports to: bytes done of all. */
interface CopyReport {
  readonly signal: AbortSignal;
  readonly onProgress: (activity: string, done: number, total: number) => void;
}

/** Bytes of all files together. */
export function sizeOf(files: readonly { readonly length: number }[]): number {
  return files.reduce((sum, { length }) => sum + length, 0);
}

/** Adds up the bytes of files that are copied one after the other. */
export function watchCopies(
  { signal, onProgress }: CopyReport,
  activity: string,
  files: readonly { readonly length: number }[],
): CopyWatch {
  const total = sizeOf(files);
  let done = 0;
  return {
    signal,
    onBytes: (count) => {
      done += count;
      onProgress(activity, done, total);
    },
  };
}

/**
 * Copies so many bytes into a new file, durable on return, and gives their SHA-256.
 * @throws SyncError StoreReadFailed, StoreCorrupt (the file is shorter), BackupWriteFailed, Cancelled
 */
export async function copyFile(
  from: PlacedFile & { readonly length: number },
  to: PlacedFile & { readonly mode: number },
  watch: CopyWatch,
): Promise<string> {
  const target = writingTo(to.path, () => to.files.openSync(to.path, 'wx', to.mode));
  try {
    const sha256 = await readPieces(from, watch, (bytes, position) =>
      writingTo(to.path, () => writeAll(to.files, target, { bytes, position })),
    );
    writingTo(to.path, () => to.files.fsyncSync(target));
    return sha256;
  } finally {
    to.files.closeSync(target);
  }
}

/** SHA-256 of so many bytes of a file. @throws SyncError StoreReadFailed, StoreCorrupt, Cancelled */
export async function digestOfFile(file: PlacedFile & { readonly length: number }, watch: CopyWatch): Promise<string> {
  return readPieces(file, watch, () => undefined);
}

async function readPieces(
  { files, path, length }: PlacedFile & { readonly length: number },
  { signal, onBytes }: CopyWatch,
  take: (bytes: Uint8Array, position: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  const source = readingFrom(path, () => files.openSync(path, 'r'));
  try {
    const piece = Buffer.allocUnsafe(Math.min(PIECE, length));
    for (let position = 0; position < length; position += piece.length) {
      if (signal.aborted) throw new SyncError('Cancelled', { what: 'The copy' });
      const bytes = piece.subarray(0, Math.min(piece.length, length - position));
      const read = readingFrom(path, () => readAll(files, source, { bytes, position }));
      if (read < bytes.length)
        throw new SyncError('StoreCorrupt', { path, reason: `it ends at byte ${position + read} of ${length}` });
      hash.update(bytes);
      take(bytes, position);
      onBytes(bytes.length);
      await nextTurn();
    }
    return hash.digest('hex');
  } finally {
    files.closeSync(source);
  }
}

/** Runs a write to `path`; a failure becomes BackupWriteFailed naming it. */
export function writingTo<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new SyncError('BackupWriteFailed', { path, reason: reasonOf(error) }, { cause: error });
  }
}

function readingFrom<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new SyncError('StoreReadFailed', { path, reason: reasonOf(error) }, { cause: error });
  }
}
