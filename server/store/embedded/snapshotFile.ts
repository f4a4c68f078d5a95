import path from 'node:path';
import zlib from 'node:zlib';
import { SyncError } from '../../errors/SyncError.js';
import { renameWithRetry } from '../../platform/replaceFile.js';
import {
  asRename,
  createFile,
  readAll,
  reading,
  syncFolder,
  syncInBackground,
  writeSlice,
  writingLater,
} from '../fileCalls.js';
import type { StoreFiles } from '../StoreFiles.js';
import type { JournalName } from './journalFile.js';
import { FORMAT } from './schema.js';

const MAGIC = 'CMSSNP01';
const HEADER = 32;

/** Bytes before the database. */
export const SNAPSHOT_HEADER = HEADER;

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

/**
 * Writes a snapshot so that its name stands for a whole file or for none, in slices: nobody waits for a large database.
 */
export async function writeSnapshot(
  files: StoreFiles,
  folder: string,
  content: { name: JournalName; database: Uint8Array },
): Promise<void> {
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

/** Length and check sum of the database behind a snapshot's header. */
export interface SnapshotHeader {
  readonly length: number;
  readonly crc: number;
}

function parseHeader(file: string, header: Uint8Array, size: number): SnapshotHeader {
  const bytes = Buffer.from(header);
  const damaged = (reason: string): SyncError => new SyncError('StoreCorrupt', { path: file, reason });
  if (bytes.length < HEADER || bytes.toString('latin1', 0, 8) !== MAGIC) throw damaged('it is no snapshot');
  const format = bytes.readUInt32LE(8);
  if (format > FORMAT) throw new SyncError('StoreNewerFormat', { path: file, found: format, known: FORMAT });
  const length = bytes.readDoubleLE(16);
  if (size - HEADER !== length) throw damaged(`it has ${size} bytes instead of ${HEADER + length}`);
  return { length, crc: bytes.readUInt32LE(12) };
}

/**
 * Reads the header of an open snapshot and compares it with the size of the file.
 * @throws SyncError StoreCorrupt, StoreNewerFormat
 */
export function readSnapshotHeader(files: StoreFiles, file: string, descriptor: number): SnapshotHeader {
  const header = Buffer.alloc(HEADER);
  const read = readAll(files, descriptor, { bytes: header, position: 0 });
  return parseHeader(file, header.subarray(0, read), files.fstatSync(descriptor).size);
}

/**
 * The database of a snapshot.
 * @throws SyncError StoreCorrupt, StoreNewerFormat, StoreReadFailed
 */
export function readSnapshot(files: StoreFiles, file: string): Uint8Array {
  const bytes = reading(file, () => files.readFileSync(file));
  const header = parseHeader(file, bytes.subarray(0, HEADER), bytes.length);
  const database = bytes.subarray(HEADER);
  if (zlib.crc32(database) !== header.crc)
    throw new SyncError('StoreCorrupt', { path: file, reason: 'its check sum is wrong' });
  return database;
}
