import type { FileCalls } from './FileCalls.js';

const MEGABYTE = 1_000_000;

/**
 * Why so many bytes do not fit where a folder lies, for the end of a sentence; undefined where they do. What a disk
 * says is not a promise, so every write may fail all the same.
 */
export function reasonAgainstRoom(
  files: Pick<FileCalls, 'statfsSync'>,
  folder: string,
  bytes: number,
): string | undefined {
  const free = freeBytes(files, folder);
  if (free === undefined || bytes <= free) return undefined;
  return `it needs ${shown(bytes)} MB, and the disk has ${shown(free)} MB free; free some space or choose another disk`;
}

/** Undefined where the system does not say it; some file systems have no blocks. */
export function freeBytes(files: Pick<FileCalls, 'statfsSync'>, folder: string): number | undefined {
  try {
    const { bavail, bsize, blocks } = files.statfsSync(folder);
    return blocks === 0 ? undefined : bavail * bsize;
  } catch {
    return undefined; // the writes themselves will tell
  }
}

function shown(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}
