import { promisify } from 'node:util';
import zlib from 'node:zlib';

/**
 * Bytes before the compressed document: stored length, raw length of the document, CRC-32 of the stored bytes (u32
 * each, little endian).
 */
export const RECORD_HEADER = 12;

/** What stands behind a document in its record is never longer. */
const NOTES_LIMIT = 4 * 1024 * 1024;
const NOTES_TAIL = 4;
/** Bytes from which a document is long. */
const LONG = 256 * 1024;

/** A document and what is kept beside it; no notes are no bytes. */
export interface DocumentRecord {
  readonly document: Uint8Array;
  readonly notes: Uint8Array;
}

/**
 * One document as a record of a segment, compressed together with its notes: they repeat much of it. Notes that are too
 * long are left out.
 */
export async function sealRecord({ document, notes }: DocumentRecord, dictionary: Uint8Array): Promise<Buffer> {
  const raw =
    notes.length === 0 || notes.length > NOTES_LIMIT ? document : Buffer.concat([document, notes, lengthOf(notes)]);
  const stored = await deflate(raw, { level: 3, dictionary });
  const record = Buffer.allocUnsafe(RECORD_HEADER + stored.length);
  record.writeUInt32LE(stored.length, 0);
  record.writeUInt32LE(document.length, 4);
  record.writeUInt32LE(zlib.crc32(stored), 8);
  stored.copy(record, RECORD_HEADER);
  return record;
}

/** A long document is compressed in another thread; for a short one that would only cost time. */
async function deflate(raw: Uint8Array, options: zlib.ZlibOptions): Promise<Buffer> {
  return raw.length > LONG ? promisify(zlib.deflateRaw)(raw, options) : zlib.deflateRawSync(raw, options);
}

/** Stands behind the notes, so that a record whose lengths do not add up is known to be damaged. */
function lengthOf(notes: Uint8Array): Buffer {
  const length = Buffer.alloc(NOTES_TAIL);
  length.writeUInt32LE(notes.length, 0);
  return length;
}

function inflate(stored: Buffer, options: zlib.ZlibOptions): Buffer | undefined {
  try {
    return zlib.inflateRawSync(stored, options);
  } catch {
    return undefined; // whoever asked names the segment and the position
  }
}

/** What a record holds, or undefined when the record is damaged. */
export function openRecord(record: Buffer, dictionary: Uint8Array): DocumentRecord | undefined {
  const stored = record.subarray(RECORD_HEADER);
  if (record.readUInt32LE(0) !== stored.length || zlib.crc32(stored) !== record.readUInt32LE(8)) return undefined;
  const length = record.readUInt32LE(4);
  const raw = inflate(stored, { dictionary, maxOutputLength: length + NOTES_LIMIT + NOTES_TAIL });
  if (raw?.length === length) return { document: raw, notes: raw.subarray(length) };
  const end = (raw?.length ?? 0) - NOTES_TAIL;
  if (raw === undefined || end <= length || raw.readUInt32LE(end) !== end - length) return undefined;
  return { document: raw.subarray(0, length), notes: raw.subarray(length, end) };
}
