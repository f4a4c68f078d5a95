import { open, rename, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { systemErrorCode } from './systemErrorCode.js';

/** Codes with which Windows refuses a rename while a virus scanner or indexer holds the file for a moment. */
const passing: ReadonlySet<string> = new Set(['EPERM', 'EBUSY', 'EACCES']);
const waits: readonly number[] = [10, 20, 40, 80, 160, 320, 640];

/** What a test puts in place of the file system. */
export interface ReplaceOptions {
  readonly platform?: NodeJS.Platform;
  readonly mode?: number;
  /** False for a file that may be lost in a power cut. */
  readonly sync?: boolean;
  readonly rename?: (from: string, to: string) => Promise<void>;
}

/** Replaces a file as a whole: readers see the old or the new content, never half of it, even after a power cut. */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  options: ReplaceOptions = {},
): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeWhole(temporary, content, options);
    await renameWithRetry(temporary, path, options);
  } catch (caught) {
    await rm(temporary, { force: true });
    throw caught;
  }
}

/** Renames; on Windows it tries again while somebody holds the target. */
export async function renameWithRetry(from: string, to: string, options: ReplaceOptions = {}): Promise<void> {
  const move = options.rename ?? rename;
  const pauses = (options.platform ?? process.platform) === 'win32' ? waits : [];
  for (const pause of pauses) {
    try {
      await move(from, to);
      return;
    } catch (caught) {
      if (!passing.has(systemErrorCode(caught))) throw caught;
      await delay(pause);
    }
  }
  await move(from, to);
}

async function writeWhole(
  path: string,
  content: string | Uint8Array,
  { mode = 0o600, sync = true }: ReplaceOptions,
): Promise<void> {
  const file = await open(path, 'w', mode);
  try {
    await file.writeFile(content);
    if (sync) await file.sync();
  } finally {
    await file.close();
  }
}
