import path from 'node:path';
import zlib from 'node:zlib';
import { SyncError } from '../../errors/SyncError.js';
import { renameWithRetry } from '../../platform/replaceFile.js';
import { asRename, createFile, reading, syncFolder, syncInBackground, writeSlice, writingLater } from '../fileCalls.js';
import type { StoreFiles } from '../StoreFiles.js';
import type { JournalName } from './journalFile.js';
import { FORMAT } from './schema.js';

const MAGIC = 'CMSSNP01';
const HEADER = 32;

/** Snapshot `n.s` holds everything before journal `n.s`. */
export function snapshotFile(name: JournalName): string {
  return `snapshot.${name.generation}.${name.sequence}`;
}

export function parseSnapshotFile(file: string): JournalName | undefined {
  const parts = /^snapshot\.(\d+)\.(\d+)$/.exec(file);
  return parts === null ? undefined : { generation: Number(parts[1]), sequence: Number(parts[2]) };
}

/** Bytes that are written between two turns of the event loop. */
const SLICE = 2 * 1024 * 1024;

/** Writes a snapshot so that its name stands for a whole file or for none, in slices: nobody waits for a large database. */
export async function writeSnapshot(files: StoreFiles, folder: string, content: { name: JournalName; database: Uint8Array }): Promise<void> {
  const file = path.join(folder, snapshotFile(content.name));
  const temporary = `${file}.tmp`;
  await writingLater(temporary, async () => {
    files.rmSync(temporary, { force: true });
    await writeWhole(files, temporary, content.database);
    await renameWithRetry(temporary, file, { rename: asRename(files) });
    syncFolder(files, folder);
  });
}

async function writeWhole(files: StoreFiles, file: string, database: Uint8Array): Promise<void> {
  const descriptor = createFile(files, file, Buffer.alloc(HEADER));
  try {
    let crc = 0;
    for (let at = 0; at < database.length; at += SLICE) {
      const slice = database.subarray(at, at + SLICE);
      crc = zlib.crc32(slice, crc);
      await writeSlice(files, descriptor, { bytes: slice, position: HEADER + at });
    }
    await writeSlice(files, descriptor, { bytes: headerOf(database, crc), position: 0 });
    await syncInBackground(files, descriptor);
  } finally {
    files.closeSync(descriptor);
  }
}

function headerOf(database: Uint8Array, crc: number): Buffer {
  const header = Buffer.alloc(HEADER);
  header.write(MAGIC, 'latin1');
  header.writeUInt32LE(FORMAT, 8);
  header.writeUInt32LE(crc, 12);
  header.writeDoubleLE(database.length, 16);
  return header;
}

/**
 * The database of a snapshot.
 * @throws SyncError StoreCorrupt, StoreNewerFormat, StoreReadFailed
 */
export function readSnapshot(files: StoreFiles, file: string): Uint8Array {
  const bytes = reading(file, () => files.readFileSync(file));
  const damaged = (reason: string): never => { throw new SyncError('StoreCorrupt', { path: file, reason }); };
  if (bytes.length < HEADER || bytes.toString('latin1', 0, 8) !== MAGIC) damaged('it is no snapshot');
  const format = bytes.readUInt32LE(8);
  if (format > FORMAT) throw new SyncError('StoreNewerFormat', { path: file, found: format, known: FORMAT });
  const database = bytes.subarray(HEADER);
  if (database.length !== bytes.readDoubleLE(16) || zlib.crc32(database) !== bytes.readUInt32LE(12)) damaged('its check sum is wrong');
  return database;
}
