import path from 'node:path';
import { withoutEngine } from '../engine/check/withoutEngine.js';
import type { Sealer } from '../platform/sealSecret.js';
import { finishRestore } from '../site/finishRestore.js';
import { restoreFiles, writeRestoreNote } from '../site/RestoreNote.js';
import { siteFiles, type SiteFolder } from '../site/SiteFolder.js';
import { namesIn, writing, writingLater } from '../store/fileCalls.js';
import { parseSealFile, sealFile } from '../store/seal/sealFile.js';
import type { CopyWatch } from './copyFile.js';
import { fillStore } from './fillStore.js';
import type { OpenedBackup } from './restoreSite.js';
import { keyFilesIn, writeSiteKeys } from './siteKeys.js';

/** A site that is put back. */
export interface ReplacedStore {
  readonly site: SiteFolder;
  readonly backup: OpenedBackup;
  readonly watch: CopyWatch;
  readonly sealer: Sealer;
  readonly report: (line: string) => void;
}

/**
 * Puts a site back to the time of a backup, with the site's lock held.
 * @throws SyncError BackupInvalid, StoreWriteFailed, EngineUnreachable, Cancelled
 */
export async function replaceStore(replaced: ReplacedStore): Promise<void> {
  await withoutEngine(replaced.site, async (_place, generation) => exchangeStore(replaced, generation));
}

/**
 * Makes the new store whole beside the old one; then a note decides, and from there on it takes the place, also where
 * this process is killed: whoever opens the site next goes on. Before the note nothing has changed. `generation` is
 * that of the lock.
 */
export async function exchangeStore(replaced: ReplacedStore, generation: number): Promise<void> {
  const { site, backup, sealer } = replaced;
  const folder = path.join(site.path, restoreFiles.restoring);
  try {
    writing(folder, () => site.files.mkdirSync(folder, { mode: 0o770 }));
    const sealed = await fillStore({ ...replaced, folder, generation });
    if (backup.keys !== undefined) await writeSiteKeys({ ...site, path: folder }, backup.keys, sealer);
    const put = [siteFiles.database, siteFiles.documents, siteFiles.licenseTerms, sealFile(sealed)];
    const keys = keyFilesIn({ files: site.files, path: folder });
    await writingLater(folder, async () =>
      writeRestoreNote(site, { format: 1, generation: sealed, put: [...put, ...keys], away: sealsOf(site) }),
    );
  } catch (error) {
    // The note first: where it stays, what it names must stay too.
    site.files.rmSync(path.join(site.path, restoreFiles.note), { force: true });
    site.files.rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  await finishRestore(site);
}

function sealsOf({ path: folder, files }: SiteFolder): string[] {
  return namesIn(files, folder).filter((name) => parseSealFile(name) !== undefined);
}
