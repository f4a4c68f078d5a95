import { dirname } from 'node:path';
import type { FolderFiles } from './files/folderFiles.js';
import { removeAfterFailure, renameWithRetry, whileHeld } from './files/heldFiles.js';

/** Where a file is replaced, and how. */
interface ReplaceOptions {
  readonly files: FolderFiles;
  readonly mode?: number;
  /** False for a file that may be lost in a power cut. */
  readonly sync?: boolean;
}

/** Replaces a file as a whole: readers see the old or the new content, never half of it, even after a power cut. */
export async function replaceFile(path: string, content: string | Uint8Array, options: ReplaceOptions): Promise<void> {
  const { files, sync = true } = options;
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeWhole(temporary, content, options);
    await renameWithRetry(temporary, path, { rename: (from, to) => files.renameSync(from, to) });
    if (sync) await syncName(files, path);
  } catch (caught) {
    removeAfterFailure(files, temporary);
    throw caught;
  }
}

async function writeWhole(
  path: string,
  content: string | Uint8Array,
  { files, mode = 0o600, sync = true }: ReplaceOptions,
): Promise<void> {
  // What a process of this number left that was killed meanwhile.
  await whileHeld(() => files.rmSync(path, { force: true }));
  const file = await files.openHandle(path, 'wx', mode);
  try {
    await file.writeFile(content);
    if (sync) await file.sync();
  } finally {
    await file.close();
  }
}

/** Windows cannot open folders; NTFS journals the name itself. */
async function syncName(files: FolderFiles, path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = files.openSync(dirname(path), 'r');
  try {
    await new Promise<void>((resolve, reject) =>
      files.fsync(folder, (error) => (error === null ? resolve() : reject(error))),
    );
  } finally {
    files.closeSync(folder);
  }
}
