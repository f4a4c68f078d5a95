import zlib from 'node:zlib';

/** Bytes before the compressed document: stored length, raw length, CRC-32 of the stored bytes (u32 each, little endian). */
export const RECORD_HEADER = 12;

/** One document as a record of a segment. */
export function sealRecord(document: Uint8Array, dictionary: Uint8Array): Buffer {
  const stored = zlib.deflateRawSync(document, { level: 3, dictionary });
  const record = Buffer.allocUnsafe(RECORD_HEADER + stored.length);
  record.writeUInt32LE(stored.length, 0);
  record.writeUInt32LE(document.length, 4);
  record.writeUInt32LE(zlib.crc32(stored), 8);
  stored.copy(record, RECORD_HEADER);
  return record;
}

function inflate(stored: Buffer, options: zlib.ZlibOptions): Buffer | undefined {
  try {
    return zlib.inflateRawSync(stored, options);
  } catch {
    return undefined; // whoever asked names the segment and the position
  }
}

/** The document of a record, or undefined when the record is damaged. */
export function openRecord(record: Buffer, dictionary: Uint8Array): Uint8Array | undefined {
  const stored = record.subarray(RECORD_HEADER);
  if (record.readUInt32LE(0) !== stored.length || zlib.crc32(stored) !== record.readUInt32LE(8)) return undefined;
  const rawLength = record.readUInt32LE(4);
  const document = inflate(stored, { dictionary, maxOutputLength: Math.max(rawLength, 1) });
  return document?.length === rawLength ? document : undefined;
}
