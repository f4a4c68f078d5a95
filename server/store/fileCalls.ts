import path from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { StoreFiles } from './StoreFiles.js';

/** Runs a write to `file`; a failure becomes StoreWriteFailed naming it. */
export function writing<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof SyncError) throw error;
    throw new SyncError('StoreWriteFailed', { path: file, reason: reasonOf(error) }, { cause: error });
  }
}

/** Writes all bytes at a position: writeSync may write less than asked. */
export function writeAll(files: StoreFiles, descriptor: number, target: { bytes: Uint8Array; position: number }): void {
  let done = 0;
  while (done < target.bytes.length) {
    done += files.writeSync(descriptor, target.bytes, done, target.bytes.length - done, target.position + done);
  }
}

/** Makes a new or renamed name in a folder durable. Windows cannot open folders; NTFS journals the name itself. */
export function syncFolder(files: StoreFiles, folder: string, platform: NodeJS.Platform = process.platform): void {
  if (platform === 'win32') return;
  const descriptor = files.openSync(folder, 'r');
  try {
    files.fsyncSync(descriptor);
  } finally {
    files.closeSync(descriptor);
  }
}

/** Creates a file that must not exist, writes and syncs it and its name, and gives its open descriptor. */
export function createFile(files: StoreFiles, file: string, bytes: Uint8Array): number {
  return writing(file, () => {
    const descriptor = files.openSync(file, 'wx+', 0o660);
    try {
      writeAll(files, descriptor, { bytes, position: 0 });
      files.fsyncSync(descriptor);
      syncFolder(files, path.dirname(file));
      return descriptor;
    } catch (error) {
      files.closeSync(descriptor);
      files.rmSync(file, { force: true });
      throw error;
    }
  });
}
