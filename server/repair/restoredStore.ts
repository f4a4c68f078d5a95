import path from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { removeAfterFailure, removeUnlessHeld } from '../platform/files/heldFiles.js';
import { VOUCHER } from '../platform/files/makeFolder.js';
import { reasonAgainstRoom } from '../platform/files/room.js';
import { syncFolder } from '../platform/files/syncFolder.js';
import { vouchForNothing } from '../platform/accounts/giveFolder.js';
import type { Sealer } from '../platform/sealSecret.js';
import { SITE_FILES } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { withItsDatabase } from '../site/moveRecord.js';
import { finishRestore, RESTORE_FILES, writeRestoreRecord } from '../site/restoreRecord.js';
import { readSettings } from '../state/settingsStore.js';
import { stateChange } from '../state/siteState.js';
import { storePlaceOf } from '../store/StorePlace.js';
import type { StorePlace } from '../store/StorePlace.js';
import { namesIn, writing, writingLater } from '../store/fileCalls.js';
import { highestGeneration } from '../store/highestGeneration.js';
import { openStore } from '../store/openStore.js';
import { SealKeeper } from '../store/seal/SealKeeper.js';
import { parseSealFile, sealFile } from '../store/seal/sealFile.js';
import { SECRETS } from './BackupManifest.js';
import type { BackupManifest } from './BackupManifest.js';
import { copyFile, sizeOf } from './copyFile.js';
import type { CopyWatch } from './copyFile.js';
import { keyFilesIn, writeSiteKeys } from './siteKeys.js';
import type { SiteKeys } from './siteKeys.js';
import { withoutEngine } from './withoutEngine.js';

/** A backup that was read and found whole. */
export interface OpenedBackup {
  readonly files: FolderFiles;
  readonly folder: string;
  readonly manifest: BackupManifest;
  /** Its secrets; undefined without the password or where it has none. */
  readonly keys: SiteKeys | undefined;
}

/** A folder that gets the store of a backup. */
interface FilledStore {
  readonly site: Pick<SiteFolder, 'files' | 'siteGuid'>;
  /** Its folder: that of the site, or one inside of it. */
  readonly folder: string;
  /** Where the store is once the restore is done: what is told names it there. */
  readonly becomes: string;
  readonly backup: OpenedBackup;
  readonly watch: CopyWatch;
  readonly report: (line: string) => void;
  /** The highest that any engine of the site ever had. */
  readonly generation: number;
}

/** What a folder was filled with. */
interface Filled {
  /** In which it was sealed. */
  readonly generation: number;
  /** True where the backup brings an after-sync command. */
  readonly hasAfterSync: boolean;
}

/**
 * Puts the database, the documents and the licence terms of a backup into a folder, opens the database there, which
 * tries everything in it, and seals it anew as another server: downstream servers have to ask for everything.
 * @throws SyncError BackupInvalid, StoreWriteFailed, StoreCorrupt, StoreNewerFormat, Cancelled
 */
export async function fillStore(filled: FilledStore): Promise<Filled> {
  await copyStore(filled);
  const { site, folder, becomes } = filled;
  const report = (line: string): void => filled.report(line.replaceAll(folder, becomes));
  const place = storePlaceOf({ path: folder, siteGuid: site.siteGuid });
  sealAsBackedUp(filled, place);
  const generation = Math.max(highestGeneration(site.files, place), filled.generation) + 1;
  const { database: engine } = filled.backup.manifest.site;
  const { database, documents } = await openStore(engine, { place, files: site.files, generation, report });
  try {
    await database.commit({ settings: stateChange({ servedBy: null }) });
    return { generation, hasAfterSync: (await readSettings(database, '')).afterSyncCommand !== '' };
  } finally {
    await documents.close();
    await database.close();
  }
}

/** The seal of the moment that the backup shows: what is opened must reach it. */
function sealAsBackedUp({ site: { files }, backup, report }: FilledStore, place: StorePlace): void {
  const { position, highestDocument } = backup.manifest.database;
  const { generation } = position;
  SealKeeper.create({ files, place, generation, report }, { position, highestDocument }).close();
}

async function copyStore({ site: { files }, folder, backup, watch }: FilledStore): Promise<void> {
  const reason = reasonAgainstRoom(files, folder, sizeOf(backup.manifest.files));
  if (reason !== undefined) throw new SyncError('StoreWriteFailed', { path: folder, reason });
  const folders = [SITE_FILES.database, SITE_FILES.documents, SITE_FILES.licenseTerms].map((name) =>
    path.join(folder, name),
  );
  for (const inner of folders) writing(inner, () => files.existsSync(inner) || files.mkdirSync(inner, { mode: 0o770 }));
  for (const { path: name, length, sha256 } of backup.manifest.files) {
    if (name === SECRETS) continue;
    const to = path.join(folder, name);
    const copied = await copyFile(
      { files: backup.files, path: path.join(backup.folder, name), length },
      { files, path: to, mode: 0o660 },
      watch,
    ).catch((error: unknown) => throwAsRestore(error, to));
    if (copied !== sha256)
      throw new SyncError('BackupInvalid', { path: backup.folder, reason: `${name} changed while it was read` });
  }
  for (const inner of folders) writing(inner, () => syncFolder(files, inner));
}

/** Here the copy goes into the site. */
function throwAsRestore(error: unknown, to: string): never {
  if (error instanceof SyncError && error.errorId === 'BackupWriteFailed')
    throw new SyncError('StoreWriteFailed', { path: to, reason: String(error.data['reason']) }, { cause: error });
  throw error;
}

/** A site that is put back. */
interface ReplacedStore {
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
  const { site } = replaced;
  return withoutEngine(site, async (_place, generation) => {
    if (withItsDatabase(site).database !== site.database)
      throw new SyncError('RestoreRefused', {
        site: site.siteCode,
        reason: 'it was moved to another database meanwhile',
      });
    return exchangeStore(replaced, generation);
  });
}

/**
 * Makes the new store whole beside the old one; then a note decides, and from there on it takes the place, also where
 * this process is killed: whoever opens the site next goes on. Before the note nothing has changed. `generation` is
 * that of the lock.
 */
export async function exchangeStore(replaced: ReplacedStore, generation: number): Promise<Restored> {
  const { site, backup, sealer } = replaced;
  const folder = path.join(site.path, RESTORE_FILES.restoring);
  let stopsHook = false;
  try {
    writing(folder, () => site.files.mkdirSync(folder, { mode: 0o770 }));
    const { generation: sealed, hasAfterSync } = await fillStore({
      ...replaced,
      folder,
      becomes: site.path,
      generation,
    });
    stopsHook = hasAfterSync && !site.files.existsSync(path.join(site.path, VOUCHER));
    if (stopsHook) await vouchForNothing(site.files, folder, site.operators.length > 0);
    if (backup.keys !== undefined) await writeSiteKeys({ ...site, path: folder }, backup.keys, sealer);
    const put = [SITE_FILES.database, SITE_FILES.documents, SITE_FILES.licenseTerms, sealFile(sealed)];
    const keys = [...keyFilesIn({ files: site.files, path: folder }), ...(stopsHook ? [VOUCHER] : [])];
    await writingLater(folder, async () =>
      writeRestoreRecord(site, { format: 1, generation: sealed, put: [...put, ...keys], away: sealsOf(site) }),
    );
  } catch (error) {
    // The note first: where it stays, what it names must stay too.
    if (removeUnlessHeld(site.files, path.join(site.path, RESTORE_FILES.record)))
      removeAfterFailure(site.files, folder);
    throw error;
  }
  await finishRestore(site);
  return { stopsHook };
}

function sealsOf({ path: folder, files }: SiteFolder): string[] {
  return namesIn(files, folder).filter((name) => parseSealFile(name) !== undefined);
}
