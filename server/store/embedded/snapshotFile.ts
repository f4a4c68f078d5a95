import path from 'node:path';
import zlib from 'node:zlib';
import { SyncError } from '../../errors/SyncError.js';
import { createFile, syncFolder, writeAll, writing } from '../fileCalls.js';
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

/** Writes a snapshot so that its name stands for a whole file or for none. */
export function writeSnapshot(files: StoreFiles, folder: string, content: { name: JournalName; database: Uint8Array }): void {
  const file = path.join(folder, snapshotFile(content.name));
  const header = Buffer.alloc(HEADER);
  header.write(MAGIC, 'latin1');
  header.writeUInt32LE(FORMAT, 8);
  header.writeUInt32LE(zlib.crc32(content.database), 12);
  header.writeDoubleLE(content.database.length, 16);
  const temporary = `${file}.tmp`;
  files.rmSync(temporary, { force: true });
  const descriptor = createFile(files, temporary, header);
  writing(temporary, () => {
    try {
      writeAll(files, descriptor, { bytes: content.database, position: HEADER });
      files.fsyncSync(descriptor);
    } finally {
      files.closeSync(descriptor);
    }
    files.renameSync(temporary, file);
    syncFolder(files, folder);
  });
}

/**
 * The database of a snapshot.
 * @throws SyncError StoreCorrupt, StoreNewerFormat
 */
export function readSnapshot(files: StoreFiles, file: string): Uint8Array {
  const bytes = files.readFileSync(file);
  const damaged = (reason: string): never => { throw new SyncError('StoreCorrupt', { path: file, reason }); };
  if (bytes.length < HEADER || bytes.toString('latin1', 0, 8) !== MAGIC) damaged('it is no snapshot');
  const format = bytes.readUInt32LE(8);
  if (format > FORMAT) throw new SyncError('StoreNewerFormat', { path: file, found: format, known: FORMAT });
  const database = bytes.subarray(HEADER);
  if (database.length !== bytes.readDoubleLE(16) || zlib.crc32(database) !== bytes.readUInt32LE(12)) damaged('its check sum is wrong');
  return database;
}
