import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FolderFiles } from './files/folderFiles.js';
import { systemErrorCode } from './systemErrorCode.js';

/** Codes with which Windows refuses a rename while a virus scanner or indexer holds the file for a moment. */
const passing: ReadonlySet<string> = new Set(['EPERM', 'EBUSY', 'EACCES']);
const waits: readonly number[] = [10, 20, 40, 80, 160, 320, 640];

/** How a rename is tried, and what a test puts in place of the file system. */
export interface RenameOptions {
  readonly platform?: NodeJS.Platform;
  readonly rename: (from: string, to: string) => Promise<void> | void;
}

/** Where a file is replaced, and how. */
export interface ReplaceOptions {
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
    if (sync) syncName(files, path);
  } catch (caught) {
    files.rmSync(temporary, { force: true });
    throw caught;
  }
}

/** Renames; on Windows it tries again while somebody holds the target. */
export async function renameWithRetry(from: string, to: string, options: RenameOptions): Promise<void> {
  const pauses = (options.platform ?? process.platform) === 'win32' ? waits : [];
  for (const pause of pauses) {
    try {
      await options.rename(from, to);
      return;
    } catch (caught) {
      if (!passing.has(systemErrorCode(caught))) throw caught;
      await delay(pause);
    }
  }
  await options.rename(from, to);
}

async function writeWhole(
  path: string,
  content: string | Uint8Array,
  { files, mode = 0o600, sync = true }: ReplaceOptions,
): Promise<void> {
  // What a process of this number left that was killed meanwhile.
  files.rmSync(path, { force: true });
  const file = await files.openHandle(path, 'wx', mode);
  try {
    await file.writeFile(content);
    if (sync) await file.sync();
  } finally {
    await file.close();
  }
}

/** Windows cannot open folders; NTFS journals the name itself. */
function syncName(files: FolderFiles, path: string): void {
  if (process.platform === 'win32') return;
  const folder = files.openSync(dirname(path), 'r');
  try {
    files.fsyncSync(folder);
  } finally {
    files.closeSync(folder);
  }
}
