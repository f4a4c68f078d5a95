import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { renameWithRetry } from '../../server/platform/files/heldFiles.js';

const ABANDONED_AFTER_MS = 3_600_000;

/**
 * Fills a folder that all processes of this user share. The work is done in a folder of its own that is renamed when
 * it is whole: of several processes the first wins, and what was interrupted is never taken for complete. Gives what
 * went wrong.
 */
export async function installOnce(
  folder: string,
  install: (target: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  if (existsSync(folder)) return undefined;
  await mkdir(dirname(folder), { recursive: true });
  await removeAbandoned(folder);
  const own = await mkdtemp(`${folder}.`);
  try {
    return (await install(own)) ?? (await takePlace(own, folder));
  } finally {
    await rm(own, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
}

async function takePlace(own: string, folder: string): Promise<string | undefined> {
  try {
    await renameWithRetry(own, folder, { rename });
    return undefined;
  } catch (error) {
    return existsSync(folder) ? undefined : `${folder} could not be made: ${(error as Error).message}`;
  }
}

/** What processes left that were killed while they installed. */
async function removeAbandoned(folder: string): Promise<void> {
  const parent = dirname(folder);
  for (const name of (await readdir(parent)).filter((entry) => entry.startsWith(`${basename(folder)}.`))) {
    const path = join(parent, name);
    const since = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    if (Date.now() - since > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}
