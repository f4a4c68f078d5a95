import path from 'node:path';
import { renameWithRetry } from '../../platform/replaceFile.js';
import { asRename, createFile, readAll, reading, syncFolder, writeAll, writing, writingLater } from '../fileCalls.js';
import type { StoreFiles } from '../StoreFiles.js';
import { parseJournalFile } from './journalFile.js';
import { parseSnapshotFile } from './snapshotFile.js';

const PIECE = 1024 * 1024;
/** Stands beside the database folder. */
const DESCRIPTION = 'site.json';

/**
 * Copies every snapshot and journal, and the site's description, into a folder of that name inside the database folder:
 * the whole copy stands there, or none. One that is there already is replaced. Gives the folder.
 * @throws SyncError StoreWriteFailed, StoreReadFailed
 */
export async function backUpDatabase(files: StoreFiles, folder: string, name: string): Promise<string> {
  const target = path.join(folder, name);
  const temporary = `${target}.tmp`;
  try {
    writing(temporary, () => copyAll(files, folder, temporary));
    await replaceFolder(files, temporary, target);
  } catch (error) {
    discard(files, temporary);
    throw error;
  }
  return target;
}

function copyAll(files: StoreFiles, folder: string, target: string): void {
  files.rmSync(target, { recursive: true, force: true });
  files.mkdirSync(target, { mode: 0o770 });
  for (const file of files.readdirSync(folder)) {
    if ((parseJournalFile(file) ?? parseSnapshotFile(file)) !== undefined)
      copyFile(files, path.join(folder, file), path.join(target, file));
  }
  const description = path.join(path.dirname(folder), DESCRIPTION);
  if (files.existsSync(description)) copyFile(files, description, path.join(target, DESCRIPTION));
  syncFolder(files, target);
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
    files.rmSync(to, { recursive: true, force: true });
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
