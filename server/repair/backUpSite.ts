import { createHash } from 'node:crypto';
import path from 'node:path';
import type { BackupBeginResult, SiteBackup } from '../contract/generated/types.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { plainFiles } from '../platform/files/folderFiles.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { renameWithRetry } from '../platform/files/heldFiles.js';
import { reasonAgainstRoom } from '../platform/files/room.js';
import { syncFolder } from '../platform/files/syncFolder.js';
import type { Sealer } from '../platform/sealSecret.js';
import type { SiteDescription, SiteFolder } from '../site/SiteFolder.js';
import { withItsDatabase } from '../site/moveRecord.js';
import { BACKUP_FORMAT, checkFiles, encodeManifest, MANIFEST, SECRETS, UNFINISHED } from './BackupManifest.js';
import type { BackupFile, BackupManifest } from './BackupManifest.js';
import { copyFile, sizeOf, watchCopies, writingTo } from './copyFile.js';
import { closeBox, KEY_NAMES, namesOfKeys, readSiteKeys } from './siteKeys.js';
import type { SiteKeys } from './siteKeys.js';

/** So often a copy begins again because another engine came meanwhile. */
const ATTEMPTS = 3;

/** The engine as a backup asks it. */
interface BackupSource {
  begin(): Promise<BackupBeginResult>;
  /** False where another engine has come since. */
  end(id: string): Promise<boolean>;
}

/** What a backup works with. */
export interface BackupWork {
  readonly site: SiteFolder;
  readonly source: BackupSource;
  /** Full path of the folder to make. */
  readonly target: string;
  readonly password: string | undefined;
  readonly version: string;
  readonly sealer: Sealer;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly onProgress: (activity: string, done: number, total: number) => void;
  /** The files of the folder to make; those of whoever asks if not given. */
  readonly files?: FolderFiles;
}

/**
 * Copies a site while its engine works: the state of one moment, checked after it was written. The folder gets its name
 * when it is whole; neither an error nor a cancelled command leaves anything there.
 * @throws SyncError BackupExists, BackupTargetInvalid, BackupWriteFailed, StoreReadFailed, StoreCorrupt, Cancelled
 */
export async function backUpSite(work: BackupWork): Promise<SiteBackup> {
  const { target, files = plainFiles } = work;
  refuseTarget(work, files);
  const temporary = `${target}.partial`;
  beginFolder(files, temporary);
  try {
    const manifest = await copySite(work, temporary);
    await finishFolder(files, temporary, target);
    return describeBackup(target, manifest);
  } catch (error) {
    discard(files, temporary);
    throw error;
  }
}

function refuseTarget({ target, site }: BackupWork, files: FolderFiles): void {
  const parent = path.dirname(target);
  writingTo(parent, () => files.mkdirSync(parent, { recursive: true }));
  const real = path.join(files.realpathSync(parent), path.basename(target));
  if (isInside(real, site.path))
    throw new SyncError('BackupTargetInvalid', { path: target, reason: 'it is inside the site folder' });
  if (files.existsSync(target)) throw new SyncError('BackupExists', { path: target });
}

function isInside(folder: string, other: string): boolean {
  const relative = path.relative(other, folder);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

/** What a backup left that was killed goes; a folder of somebody else does not. */
function beginFolder(files: FolderFiles, folder: string): void {
  if (files.existsSync(folder) && !files.existsSync(path.join(folder, UNFINISHED)))
    throw new SyncError('BackupTargetInvalid', {
      path: folder,
      reason: 'the folder contains something other than an unfinished backup',
    });
  writingTo(folder, () => {
    files.rmSync(folder, { recursive: true, force: true });
    files.mkdirSync(folder, { mode: 0o700 });
  });
  writeText(files, path.join(folder, UNFINISHED), 'This backup is not finished. A finished one has backup.json.\n');
}

async function copySite(work: BackupWork, folder: string): Promise<BackupManifest> {
  const { files = plainFiles, site, password } = work;
  const keys = await readSiteKeys(site, work.sealer);
  const copied = await copyMoment(work, folder);
  const secrets = password === undefined ? [] : [await copyKeys({ files, folder }, keys, password)];
  const manifest: BackupManifest = {
    format: BACKUP_FORMAT,
    version: work.version,
    created: copied.created,
    // The session may have opened it before it was moved to another database.
    site: descriptionOf(withItsDatabase(site)),
    database: {
      format: copied.plan.format,
      position: copied.plan.position,
      highestDocument: copied.plan.highestDocument,
    },
    documents: copied.plan.documents,
    updates: copied.plan.updates,
    secrets: namesOfKeys(keys),
    hasSecrets: password !== undefined,
    files: [...copied.files, ...secrets],
  };
  await checkFiles({ files, folder, manifest, watch: watchCopies(work, 'Checking the copy', manifest.files) });
  writeText(files, path.join(folder, MANIFEST), encodeManifest(manifest));
  return manifest;
}

interface CopiedMoment {
  readonly plan: BackupBeginResult;
  readonly created: string;
  readonly files: readonly BackupFile[];
}

/** Copies the files that the engine names; again, where another engine came meanwhile. */
async function copyMoment(work: BackupWork, folder: string): Promise<CopiedMoment> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const plan = await work.source.begin();
    const created = work.now().toISOString();
    const files = await copyFiles(work, folder, plan).catch((error: unknown) => {
      // Whoever hears of the error shall not wait for an engine that may be gone.
      void work.source.end(plan.id).catch(() => undefined);
      if (error instanceof SyncError && error.errorId === 'StoreReadFailed' && attempt < ATTEMPTS) return undefined;
      throw error;
    });
    if (files !== undefined && (await work.source.end(plan.id))) return { plan, created, files };
  }
  throw new SyncError('EngineUnreachable', {
    site: work.site.siteCode,
    reason: `another engine started ${ATTEMPTS} times while its files were copied`,
  });
}

async function copyFiles(work: BackupWork, folder: string, plan: BackupBeginResult): Promise<BackupFile[]> {
  const { files = plainFiles, site } = work;
  const watch = watchCopies(work, 'Copying', plan.files);
  const reason = reasonAgainstRoom(files, folder, sizeOf(plan.files));
  if (reason !== undefined) throw new SyncError('BackupWriteFailed', { path: folder, reason });
  const copied: BackupFile[] = [];
  for (const name of ['database', 'documents', 'LicenseTerms']) {
    const inner = path.join(folder, name);
    writingTo(inner, () => {
      files.rmSync(inner, { recursive: true, force: true });
      files.mkdirSync(inner, { mode: 0o700 });
    });
  }
  for (const file of plan.files) {
    const sha256 = await copyFile(
      { files: site.files, path: path.join(site.path, file.path), length: file.length },
      { files, path: path.join(folder, file.path), mode: 0o600 },
      watch,
    );
    copied.push({ ...file, sha256 });
  }
  return copied;
}

async function copyKeys(
  { files, folder }: { files: FolderFiles; folder: string },
  keys: SiteKeys,
  password: string,
): Promise<BackupFile> {
  const text = await closeBox(JSON.stringify(keys), password);
  const file = path.join(folder, SECRETS);
  const length = writeText(files, file, text);
  return { path: SECRETS, length, sha256: createHash('sha256').update(text).digest('hex') };
}

/** Gives its bytes. */
function writeText(files: FolderFiles, file: string, text: string): number {
  const bytes = Buffer.from(text);
  writingTo(file, () => {
    const descriptor = files.openSync(file, 'wx', 0o600);
    try {
      files.writeSync(descriptor, bytes);
      files.fsyncSync(descriptor);
    } finally {
      files.closeSync(descriptor);
    }
  });
  return bytes.length;
}

function descriptionOf(site: SiteFolder): SiteDescription {
  const { siteCode, siteName, type, parentSiteCode, created, serverName, siteGuid, requestId, operators, database } =
    site;
  return { siteCode, siteName, type, parentSiteCode, created, serverName, siteGuid, requestId, operators, database };
}

async function finishFolder(files: FolderFiles, temporary: string, target: string): Promise<void> {
  for (const name of ['database', 'documents', 'LicenseTerms'])
    writingTo(temporary, () => syncFolder(files, path.join(temporary, name)));
  writingTo(temporary, () => files.rmSync(path.join(temporary, UNFINISHED)));
  try {
    syncFolder(files, temporary);
    await renameWithRetry(temporary, target, { rename: (from, to) => files.renameSync(from, to) });
    syncFolder(files, path.dirname(target));
  } catch (error) {
    throw new SyncError('BackupWriteFailed', { path: target, reason: reasonOf(error) }, { cause: error });
  }
}

/** The failure that led here counts, not a second one: the next backup to this place begins with removing it. */
function discard(files: FolderFiles, folder: string): void {
  try {
    files.rmSync(folder, { recursive: true, force: true });
  } catch {
    return;
  }
}

function describeBackup(target: string, manifest: BackupManifest): SiteBackup {
  const { site, secrets, hasSecrets } = manifest;
  const leftOut = hasSecrets ? [] : secrets.map((name) => KEY_NAMES[name as keyof SiteKeys].what);
  return {
    Path: target,
    SiteCode: site.siteCode,
    SiteName: site.siteName,
    ServerName: site.serverName,
    Version: manifest.version,
    Format: manifest.database.format,
    CreationTime: manifest.created,
    Files: manifest.files.length,
    Size: sizeOf(manifest.files),
    Documents: manifest.documents,
    Updates: manifest.updates,
    HasSecrets: hasSecrets,
    Warnings: leftOut.length === 0 ? [] : [`Without a password these are not in the backup: ${leftOut.join(', ')}.`],
  };
}
