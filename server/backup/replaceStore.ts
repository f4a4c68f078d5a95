import path from 'node:path';
import { withoutEngine } from '../engine/check/withoutEngine.js';
import { removeAfterFailure, removeUnlessHeld } from '../platform/files/heldFiles.js';
import { VOUCHER } from '../platform/files/makeFolder.js';
import { vouchForNothing } from '../platform/giveFolder.js';
import type { Sealer } from '../platform/sealSecret.js';
import { siteFiles } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { finishRestore, restoreFiles, writeRestoreNote } from '../site/restoreRecord.js';
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

/** What came of a restore beside its files. */
export interface Restored {
  /** True where the after-sync command of the backup does not run until it is set again. */
  readonly stopsHook: boolean;
}

/**
 * Puts a site back to the time of a backup, with the site's lock held.
 * @throws SyncError BackupInvalid, StoreWriteFailed, EngineUnreachable, Cancelled
 */
export async function replaceStore(replaced: ReplacedStore): Promise<Restored> {
  return withoutEngine(replaced.site, async (_place, generation) => exchangeStore(replaced, generation));
}

/**
 * Makes the new store whole beside the old one; then a note decides, and from there on it takes the place, also where
 * this process is killed: whoever opens the site next goes on. Before the note nothing has changed. `generation` is
 * that of the lock.
 */
export async function exchangeStore(replaced: ReplacedStore, generation: number): Promise<Restored> {
  const { site, backup, sealer } = replaced;
  const folder = path.join(site.path, restoreFiles.restoring);
  let stopsHook = false;
  try {
    writing(folder, () => site.files.mkdirSync(folder, { mode: 0o770 }));
    const { generation: sealed, hasAfterSync } = await fillStore({ ...replaced, folder, generation });
    stopsHook = hasAfterSync && !site.files.existsSync(path.join(site.path, VOUCHER));
    if (stopsHook) await vouchForNothing(site.files, folder, site.operators.length > 0);
    if (backup.keys !== undefined) await writeSiteKeys({ ...site, path: folder }, backup.keys, sealer);
    const put = [siteFiles.database, siteFiles.documents, siteFiles.licenseTerms, sealFile(sealed)];
    const keys = [...keyFilesIn({ files: site.files, path: folder }), ...(stopsHook ? [VOUCHER] : [])];
    await writingLater(folder, async () =>
      writeRestoreNote(site, { format: 1, generation: sealed, put: [...put, ...keys], away: sealsOf(site) }),
    );
  } catch (error) {
    // The note first: where it stays, what it names must stay too.
    if (removeUnlessHeld(site.files, path.join(site.path, restoreFiles.note))) removeAfterFailure(site.files, folder);
    throw error;
  }
  await finishRestore(site);
  return { stopsHook };
}

function sealsOf({ path: folder, files }: SiteFolder): string[] {
  return namesIn(files, folder).filter((name) => parseSealFile(name) !== undefined);
}
