import path from 'node:path';
import { SyncError } from '../../errors/SyncError.js';
import { removeWithRetry, renameWithRetry } from '../../platform/files/heldFiles.js';
import { reasonAgainstRoom } from '../../platform/files/room.js';
import { syncFolder } from '../../platform/files/syncFolder.js';
import { SITE_FILES } from '../../site/SiteFolder.js';
import type { StoreFiles, StorePlace } from '../StorePlace.js';
import { asRename, createFile, namesIn, readAll, reading, writeAll, writing, writingLater } from '../fileCalls.js';
import { sealFilesOf } from '../seal/sealFile.js';
import { SQLITE_FILES } from '../sqlite/sqliteFiles.js';
import { journalFile, parseJournalFile } from './journalFile.js';
import type { JournalName } from './journalFile.js';
import { parseSnapshotFile } from './snapshotFile.js';

const PIECE = 1024 * 1024;

/** What is copied. */
interface BackupSource {
  readonly files: StoreFiles;
  readonly place: StorePlace;
  /** A journal that holds nothing yet, and is left out. */
  readonly own?: JournalName;
}

/**
 * Copies every snapshot and journal, the seal and the site's description into a folder of that name inside the database
 * folder: the whole copy stands there, or none. One that already exists is replaced. Gives the folder.
 * @throws SyncError StoreWriteFailed, StoreReadFailed
 */
export async function backUpDatabase(source: BackupSource, name: string): Promise<string> {
  const { files, place } = source;
  const target = path.join(place.database, name);
  const temporary = `${target}.tmp`;
  try {
    writing(temporary, () => copyAll(source, temporary));
    await replaceFolder(files, temporary, target);
  } catch (error) {
    discard(files, temporary);
    throw error;
  }
  return target;
}

function copyAll(source: BackupSource, target: string): void {
  const { files, place } = source;
  files.rmSync(target, { recursive: true, force: true });
  const names = namesOf(source);
  refuseWithoutRoom(source, target, names);
  files.mkdirSync(target, { mode: 0o770 });
  for (const name of names) copyFile(files, path.join(place.database, name), path.join(target, name));
  // The copies of the seal have one name in two folders.
  for (const file of sealFilesOf(files, place))
    copyFile(files, file, path.join(target, path.relative(place.site, file).replaceAll(path.sep, '.')));
  const description = path.join(place.site, SITE_FILES.description);
  if (files.existsSync(description)) copyFile(files, description, path.join(target, SITE_FILES.description));
  syncFolder(files, target);
}

function namesOf({ files, place, own }: BackupSource): readonly string[] {
  const isOwn = (name: string): boolean => own !== undefined && name === journalFile(own);
  return namesIn(files, place.database).filter(
    (name) => !isOwn(name) && ((parseJournalFile(name) ?? parseSnapshotFile(name)) !== undefined || isOfSqlite(name)),
  );
}

function isOfSqlite(name: string): boolean {
  return SQLITE_FILES.some((file) => file === name);
}

/** Before anything is written: a full disk is worse for a site than a copy that was not begun. */
function refuseWithoutRoom({ files, place }: BackupSource, target: string, names: readonly string[]): void {
  const bytes = names.reduce((sum, name) => sum + files.lstatSync(path.join(place.database, name)).size, 0);
  const reason = reasonAgainstRoom(files, place.database, bytes);
  if (reason !== undefined) throw new SyncError('StoreWriteFailed', { path: target, reason });
}

function copyFile(files: StoreFiles, from: string, to: string): void {
  const source = reading(from, () => files.openSync(from, 'r'));
  try {
    const copy = createFile(files, to, new Uint8Array());
    writing(to, () => {
      try {
        copyBytes(files, { from, source, copy });
        files.fsyncSync(copy);
      } finally {
        files.closeSync(copy);
      }
    });
  } finally {
    files.closeSync(source);
  }
}

function copyBytes(files: StoreFiles, { from, source, copy }: { from: string; source: number; copy: number }): void {
  const piece = Buffer.allocUnsafe(PIECE);
  for (let position = 0; ;) {
    const read = reading(from, () => readAll(files, source, { bytes: piece, position }));
    writeAll(files, copy, { bytes: piece.subarray(0, read), position });
    position += read;
    if (read < PIECE) return;
  }
}

async function replaceFolder(files: StoreFiles, from: string, to: string): Promise<void> {
  await writingLater(to, async () => {
    await removeWithRetry(files, to);
    await renameWithRetry(from, to, { rename: asRename(files) });
    syncFolder(files, path.dirname(to));
  });
}

/** Half a copy takes room on a disk that may be full. The failure that led here counts, not a second one. */
function discard(files: StoreFiles, folder: string): void {
  try {
    files.rmSync(folder, { recursive: true, force: true });
  } catch {
    return; // the next backup of this name begins with removing it
  }
}
