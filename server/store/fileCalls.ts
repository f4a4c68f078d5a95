import path from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { removeAfterFailure } from '../platform/files/heldFiles.js';
import { syncFolder } from '../platform/files/syncFolder.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import type { StoreFiles } from './StorePlace.js';

/** Runs a write to `file`; a failure becomes StoreWriteFailed naming it. */
export function writing<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof SyncError) throw error;
    throw new SyncError('StoreWriteFailed', { path: file, reason: reasonOf(error) }, { cause: error });
  }
}

/** The same for a write that takes its time. */
export async function writingLater<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    return writing(file, () => {
      throw error;
    });
  }
}

/** Runs a read of `file`; a failure of the system becomes StoreReadFailed naming it. */
export function reading<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof SyncError) throw error;
    throw new SyncError('StoreReadFailed', { path: file, reason: reasonOf(error) }, { cause: error });
  }
}

/** The names in a folder, none where there is no folder. @throws SyncError StoreReadFailed */
export function namesIn(files: StoreFiles, folder: string): readonly string[] {
  return reading(folder, () => {
    try {
      return files.readdirSync(folder);
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return [];
      throw error;
    }
  });
}

/**
 * Reads until the target is full or the file ends; gives the number of bytes read: readSync may read less than asked.
 */
export function readAll(
  files: StoreFiles,
  descriptor: number,
  target: { bytes: Uint8Array; position: number },
): number {
  let done = 0;
  while (done < target.bytes.length) {
    const read = files.readSync(descriptor, target.bytes, done, target.bytes.length - done, target.position + done);
    if (read === 0) return done;
    done += read;
  }
  return done;
}

/** Writes all bytes at a position: writeSync may write less than asked. */
export function writeAll(files: StoreFiles, descriptor: number, target: { bytes: Uint8Array; position: number }): void {
  let done = 0;
  while (done < target.bytes.length) {
    done += files.writeSync(descriptor, target.bytes, done, target.bytes.length - done, target.position + done);
  }
}

/** Writes all bytes at a position while the event loop goes on. */
export async function writeSlice(
  files: StoreFiles,
  descriptor: number,
  target: { bytes: Uint8Array; position: number },
): Promise<void> {
  for (let done = 0; done < target.bytes.length;) {
    done += await new Promise<number>((resolve, reject) => {
      files.write(
        descriptor,
        target.bytes,
        done,
        target.bytes.length - done,
        target.position + done,
        (error, written) => (error === null ? resolve(written) : reject(error)),
      );
    });
  }
}

/** Makes a file durable while the event loop goes on. */
export async function syncInBackground(files: StoreFiles, descriptor: number): Promise<void> {
  return new Promise((resolve, reject) =>
    files.fsync(descriptor, (error) => (error === null ? resolve() : reject(error))),
  );
}

/** Makes the bytes of a file durable while the event loop goes on. */
export async function syncBytesInBackground(files: StoreFiles, descriptor: number): Promise<void> {
  return new Promise((resolve, reject) =>
    files.fdatasync(descriptor, (error) => (error === null ? resolve() : reject(error))),
  );
}

/** Renaming through these file calls, for `renameWithRetry`. */
export function asRename(files: StoreFiles): (from: string, to: string) => Promise<void> {
  return async (from, to) => {
    files.renameSync(from, to);
    return Promise.resolve();
  };
}

/** Creates a file that must not exist, writes and syncs it and its name, and gives its open descriptor. */
export function createFile(files: StoreFiles, file: string, bytes: Uint8Array): number {
  return writing(file, () => {
    const descriptor = files.openSync(file, 'wx+', 0o660);
    try {
      finishFile(files, { file, descriptor }, bytes);
      return descriptor;
    } catch (error) {
      files.closeSync(descriptor);
      removeAfterFailure(files, file);
      throw error;
    }
  });
}

/** Writes a new file and syncs it and its name. */
export function finishFile(
  files: StoreFiles,
  { file, descriptor }: { file: string; descriptor: number },
  bytes: Uint8Array,
): void {
  writeAll(files, descriptor, { bytes, position: 0 });
  files.fsyncSync(descriptor);
  syncFolder(files, path.dirname(file));
}
