import { createHash } from 'node:crypto';
import path from 'node:path';
import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import type { SiteDescription } from '../site/SiteFolder.js';
import type { JournalPosition } from '../store/seal/sealFile.js';
import { type CopyWatch, digestOfFile } from './copyFile.js';

/** The file of a backup that names all others; one without it is not a backup. */
export const MANIFEST = 'backup.json';
/** Stands in the folder of a backup until it is whole. */
export const UNFINISHED = 'unfinished-backup.txt';
/** The secrets of the site, behind the password. */
export const SECRETS = 'secrets.enc';
/** Form of the folder; raised when an earlier version could not read it. */
export const BACKUP_FORMAT = 1;

/** A file of a backup. */
export interface BackupFile {
  /** In the folder of the backup and in the site folder, with / between names. */
  readonly path: string;
  readonly length: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** What a backup says of itself. */
export interface BackupManifest {
  readonly format: number;
  /** Of the engine whose site it is. */
  readonly version: string;
  /** The moment that it shows, ISO 8601 UTC. */
  readonly created: string;
  readonly site: SiteDescription;
  readonly database: {
    readonly format: number;
    readonly position: JournalPosition;
    readonly highestDocument: number;
  };
  readonly documents: number;
  readonly updates: number;
  /** The secrets that the site had; they are in the backup only where `hasSecrets`. */
  readonly secrets: readonly string[];
  readonly hasSecrets: boolean;
  readonly files: readonly BackupFile[];
}

/** The text of `backup.json`: the manifest under its own digest. */
export function encodeManifest(manifest: BackupManifest): string {
  return `${JSON.stringify({ sha256: digestOf(manifest), manifest }, null, 2)}\n`;
}

/** Reads what a backup says of itself. @throws SyncError BackupInvalid */
export function readManifest(files: FolderFiles, folder: string): BackupManifest {
  const invalid = (reason: string, cause?: unknown): SyncError =>
    new SyncError('BackupInvalid', { path: folder, reason }, { cause });
  let stored: { readonly sha256?: string; readonly manifest?: BackupManifest };
  try {
    stored = JSON.parse(files.readFileSync(join(folder, MANIFEST)).toString('utf8')) as typeof stored;
  } catch (error) {
    throw invalid(`${MANIFEST} cannot be read (${reasonOf(error)})${howToRead(error)}`, error);
  }
  const { manifest } = stored;
  if (typeof manifest?.format === 'number' && manifest.format > BACKUP_FORMAT)
    throw invalid(`it has format ${manifest.format}, and this version knows ${BACKUP_FORMAT}`);
  if (manifest === undefined || stored.sha256 !== digestOf(manifest)) throw invalid(`${MANIFEST} is damaged`);
  const strange = manifest.files.find(({ path }) => !isInside(path));
  if (strange !== undefined) throw invalid(`it names a file outside the backup (${strange.path})`);
  return manifest;
}

/** Root reads a backup of its own, and puts a site back as the account that the site belongs to. */
function howToRead(error: unknown): string {
  const userId = process.geteuid?.();
  if (userId === undefined || systemErrorCode(error) !== 'EACCES') return '';
  return `: the user ${userId}, who owns the site, reads it; let that user read the folder`;
}

function digestOf(manifest: BackupManifest): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
}

/** One of the folders that a backup has, and a plain name in it; or the secrets. */
function isInside(path: string): boolean {
  return path === SECRETS || /^(?:database|documents|LicenseTerms)\/[\w-][\w.-]*$/.test(path);
}

/** The files of a backup, and what they must be. */
interface CheckedBackup {
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
