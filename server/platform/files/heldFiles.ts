import { setTimeout as delay } from 'node:timers/promises';
import { systemErrorCode } from '../systemErrorCode.js';

/**
 * What Windows says of a file that a virus scanner, an indexer or a log reader holds: it passes in a moment. Elsewhere
 * the same codes are about rights, and waiting changes nothing.
 */
const HELD: ReadonlySet<string> = new Set(['EPERM', 'EBUSY', 'EACCES']);
const WAITS: readonly number[] = [10, 20, 40, 80, 160, 320, 640];

/** How long to go on, and what a test puts in place of the machine. */
interface Patience {
  readonly platform?: NodeJS.Platform;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/** Whatever can rename. */
interface RenameOptions extends Patience {
  readonly rename: (from: string, to: string) => Promise<void> | void;
}

interface Remover {
  rmSync(path: string, options?: { readonly force?: boolean; readonly recursive?: boolean }): void;
}

/** True for an error of a file that somebody else has open at this moment. */
export function isHeld(caught: unknown, platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'win32' && HELD.has(systemErrorCode(caught));
}

/** Does something with a file; on Windows again, for a second and a quarter, while somebody else holds it. */
export async function whileHeld<Result>(
  work: () => Promise<Result> | Result,
  { platform, pause = delay }: Patience = {},
): Promise<Result> {
  for (const wait of WAITS) {
    try {
      return await work();
    } catch (caught) {
      if (!isHeld(caught, platform)) throw caught;
      await pause(wait);
    }
  }
  return work();
}

/** Renames; on Windows it tries again while somebody holds one of the two. */
export async function renameWithRetry(from: string, to: string, options: RenameOptions): Promise<void> {
  await whileHeld(() => options.rename(from, to), options);
}

/** Removes a file or folder, if it is there; on Windows it tries again while somebody holds it. */
export async function removeWithRetry(files: Remover, path: string, patience: Patience = {}): Promise<void> {
  await whileHeld(() => files.rmSync(path, { recursive: true, force: true }), patience);
}

/** Removes a file that is removed later if it is held now. False where it stays for this time. */
export function removeUnlessHeld(files: Remover, path: string, platform?: NodeJS.Platform): boolean {
  try {
    files.rmSync(path, { force: true });
    return true;
  } catch (caught) {
    if (!isHeld(caught, platform)) throw caught;
    return false;
  }
}

/** Removes what a failure left. What counts is that failure: one of the system while cleaning up is not told for it. */
export function removeAfterFailure(files: Remover, path: string): void {
  try {
    files.rmSync(path, { recursive: true, force: true });
  } catch (caught) {
    if (systemErrorCode(caught) === '') throw caught;
  }
}
