import path from 'node:path';
import { readSettings } from '../state/ComponentSettings.js';
import { SyncError } from '../errors/SyncError.js';
import { reasonAgainstRoom } from '../platform/files/room.js';
import { siteFiles } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { storePlaceOf } from '../store/StorePlace.js';
import type { StorePlace } from '../store/StorePlace.js';
import { openSiteDatabase } from '../store/embedded/openSiteDatabase.js';
import { syncFolder, writing } from '../store/fileCalls.js';
import { highestGeneration } from '../store/highestGeneration.js';
import { SealKeeper } from '../store/seal/SealKeeper.js';
import { SERVED_BY } from '../store/settingNames.js';
import { SECRETS } from './BackupManifest.js';
import { copyFile, sizeOf } from './copyFile.js';
import type { CopyWatch } from './copyFile.js';
import type { OpenedBackup } from './restoreSite.js';

/** A folder that gets the store of a backup. */
export interface FilledStore {
  readonly site: Pick<SiteFolder, 'files' | 'siteGuid'>;
  /** Its folder: that of the site, or one inside of it. */
  readonly folder: string;
  readonly backup: OpenedBackup;
  readonly watch: CopyWatch;
  readonly report: (line: string) => void;
  /** The highest that any engine of the site ever had. */
  readonly generation: number;
}

/** What a folder was filled with. */
export interface Filled {
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
  const { site, folder, report } = filled;
  const place = storePlaceOf({ path: folder, siteGuid: site.siteGuid });
  sealAsBackedUp(filled, place);
  const generation = Math.max(highestGeneration(site.files, place), filled.generation) + 1;
  const database = await openSiteDatabase({ place, files: site.files, generation, report });
  try {
    await database.commit({ settings: { [SERVED_BY]: null } });
    return { generation, hasAfterSync: (await readSettings(database, '')).afterSyncCommand !== '' };
  } finally {
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
  const folders = [siteFiles.database, siteFiles.documents, siteFiles.licenseTerms].map((name) =>
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
