import { join } from 'node:path';
import { renameWithRetry } from '../platform/files/heldFiles.js';
import { syncFolder } from '../platform/files/syncFolder.js';
import type { SiteFolder } from './SiteFolder.js';

/** What takes the place of what, inside a site folder. */
interface FileExchange {
  /** Folder of what is new, inside the site folder. */
  readonly fresh: string;
  /** Folder that gets what is replaced. */
  readonly replaced: string;
  /** Names that come out of `fresh`, in the place of those of the site. */
  readonly put: readonly string[];
  /** Names that go with what is replaced, and have no successor. */
  readonly away: readonly string[];
}

/**
 * Puts new files in the place of old ones, from wherever that was ended before. What is replaced stays in a folder of
 * its own.
 */
export async function exchangeFiles(
  { path, files }: Pick<SiteFolder, 'path' | 'files'>,
  { fresh: from, replaced: into, put, away }: FileExchange,
): Promise<void> {
  const replaced = join(path, into);
  const rename = async (old: string, name: string): Promise<void> =>
    renameWithRetry(old, name, { rename: (one, other) => files.renameSync(one, other) });
  if (!files.existsSync(replaced)) files.mkdirSync(replaced, { mode: 0o770 });
  for (const name of [...put, ...away]) {
    const [now, fresh, old] = [join(path, name), join(path, from, name), join(replaced, name)];
    // Where the new one is gone from its folder, this step was taken already.
    if (put.includes(name) && !files.existsSync(fresh)) continue;
    if (files.existsSync(now) && !files.existsSync(old)) await rename(now, old);
    if (put.includes(name)) await rename(fresh, now);
  }
  syncFolder(files, replaced);
  syncFolder(files, path);
}
