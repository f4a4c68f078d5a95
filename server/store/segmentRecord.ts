import zlib from 'node:zlib';

/**
 * Bytes before the compressed document in a segment of a format before 6: stored length, raw length of the document,
 * CRC-32 of the stored bytes (u32 each, little endian).
 */
export const RECORD_HEADER = 12;

/** What stands behind a document in its record is never longer. */
const NOTES_LIMIT = 4 * 1024 * 1024;
/** Stands behind the notes, so that a record whose lengths do not add up is known to be damaged. */
const NOTES_TAIL = 4;

/** A document and what is kept beside it; no notes are no bytes. */
export interface DocumentRecord {
  readonly document: Uint8Array;
  readonly notes: Uint8Array;
}

/** What a record of a format before 6 holds, or undefined when the record is damaged. */
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

function inflate(stored: Buffer, options: zlib.ZlibOptions): Buffer | undefined {
  try {
    return zlib.inflateRawSync(stored, options);
  } catch {
    return undefined; // whoever asked names the segment and the position
  }
}
