import path from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import type { BackupManifest } from './BackupManifest.js';
import { type CopyWatch, digestOfFile } from './copyFile.js';

/** The files of a backup, and what they must be. */
export interface CheckedBackup {
  readonly files: FolderFiles;
  readonly folder: string;
  readonly manifest: BackupManifest;
  readonly watch: CopyWatch;
}

/** Reads every file of a backup and compares it with its digest. @throws SyncError BackupInvalid, Cancelled */
export async function checkFiles({ files, folder, manifest, watch }: CheckedBackup): Promise<void> {
  for (const { path: name, length, sha256 } of manifest.files) {
    const file = path.join(folder, name);
    const found = await digestOfFile({ files, path: file, length }, watch).catch((error: unknown) => {
      if (!(error instanceof SyncError) || error.errorId === 'Cancelled') throw error;
      throw new SyncError('BackupInvalid', { path: folder, reason: `${name}: ${String(error.data['reason'])}` });
    });
    if (found !== sha256) throw new SyncError('BackupInvalid', { path: folder, reason: `${name} is damaged` });
  }
}
