import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { removeWithRetry, renameWithRetry } from '../platform/files/heldFiles.js';
import { syncFolder } from '../store/fileCalls.js';
import { readRestoreNote, restoreFiles, type RestoreNote } from './RestoreNote.js';
import type { SiteFolder } from './SiteFolder.js';

type Place = Pick<SiteFolder, 'path' | 'files'>;

/**
 * Carries out a restore that has been decided, from wherever it was ended, and takes away what one left that was ended
 * before. Called with the lock of the site held; true where a restore was carried out.
 * @throws SyncError StoreWriteFailed
 */
export async function finishRestore(site: Place): Promise<boolean> {
  try {
    const note = readRestoreNote(site);
    if (note !== undefined) await exchange(site, note);
    for (const name of [restoreFiles.restoring, restoreFiles.replaced])
      if (site.files.existsSync(join(site.path, name))) await removeWithRetry(site.files, join(site.path, name));
    return note !== undefined;
  } catch (error) {
    if (error instanceof SyncError) throw error;
    throw new SyncError(
      'StoreWriteFailed',
      { path: site.path, reason: `a restore could not be finished (${reasonOf(error)})` },
      { cause: error },
    );
  }
}

/** What is replaced stays in a folder of its own until everything new is in its place. */
async function exchange({ path, files }: Place, { put, away }: RestoreNote): Promise<void> {
  const replaced = join(path, restoreFiles.replaced);
  const rename = async (from: string, to: string): Promise<void> =>
    renameWithRetry(from, to, { rename: (old, name) => files.renameSync(old, name) });
  if (!files.existsSync(replaced)) files.mkdirSync(replaced, { mode: 0o770 });
  for (const name of [...put, ...away]) {
    const [now, fresh, old] = [join(path, name), join(path, restoreFiles.restoring, name), join(replaced, name)];
    // Where the new one is gone from its folder, this step was taken already.
    if (put.includes(name) && !files.existsSync(fresh)) continue;
    if (files.existsSync(now) && !files.existsSync(old)) await rename(now, old);
    if (put.includes(name)) await rename(fresh, now);
  }
  syncFolder(files, replaced);
  syncFolder(files, path);
  await removeWithRetry(files, join(path, restoreFiles.note));
  syncFolder(files, path);
}
