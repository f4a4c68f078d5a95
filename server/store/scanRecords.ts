import type { StoreFiles } from './StorePlace.js';
import type { Scanned } from './scanBlocks.js';
import { bytesOfSegment, type Segment } from './segmentFile.js';
import { openRecord, RECORD_HEADER } from './segmentRecord.js';

/** A segment each document of which is packed alone. */
export type SingleSegment = Segment & { readonly dictionary: Uint8Array };

/** No record is longer: what says so is not a header of one. */
const LONGEST_RECORD = 64 * 1024 * 1024;
/** Deflate makes nothing smaller than this part of it. */
const DENSEST = 1100;
const WINDOW = 64 * 1024;

/** The documents of a segment of a format before 6, and the bytes between them that are none. */
export function* scanRecords(files: StoreFiles, segment: SingleSegment): Generator<Scanned, void> {
  for (let position = segment.start; position < segment.length;) {
    const end = endOfRecord(files, segment, position);
    const found = end === undefined ? undefined : recordAt(files, segment, { position, end });
    if (found !== undefined && end !== undefined) {
      yield found;
      position = end;
    } else {
      const next = nextRecord(files, segment, position + 1);
      yield { unreadable: next - position };
      position = next;
    }
  }
}

function recordAt(
  files: StoreFiles,
  segment: SingleSegment,
  { position, end }: { position: number; end: number },
): Scanned | undefined {
  const length = end - position;
  const opened = openRecord(bytesOfSegment(files, segment, { position, length }), segment.dictionary);
  return opened && { location: { segment: segment.number, position, length }, document: opened.document };
}

/** Undefined where no record can begin. */
function endOfRecord(files: StoreFiles, segment: SingleSegment, position: number): number | undefined {
  const header = bytesOfSegment(files, segment, { position, length: RECORD_HEADER });
  return isPlausible(header, 0, segment.length - position)
    ? position + RECORD_HEADER + header.readUInt32LE(0)
    : undefined;
}

/** The next place where a whole record stands; the end where there is none. */
function nextRecord(files: StoreFiles, segment: SingleSegment, from: number): number {
  for (let position = from; position < segment.length; position += WINDOW) {
    const window = bytesOfSegment(files, segment, { position, length: WINDOW + RECORD_HEADER });
    for (let at = 0; at < WINDOW; at += 1) {
      const here = position + at;
      if (!isPlausible(window, at, segment.length - here)) continue;
      const end = here + RECORD_HEADER + window.readUInt32LE(at);
      if (recordAt(files, segment, { position: here, end }) !== undefined) return here;
    }
  }
  return segment.length;
}

/** A look that costs nothing, before the check sum of what would be the record. */
function isPlausible(bytes: Buffer, at: number, rest: number): boolean {
  if (at + RECORD_HEADER > bytes.length) return false;
  const stored = bytes.readUInt32LE(at);
  const raw = bytes.readUInt32LE(at + 4);
  return stored > 0 && RECORD_HEADER + stored <= rest && stored <= LONGEST_RECORD && raw > 0 && raw <= stored * DENSEST;
}
