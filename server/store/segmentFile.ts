import zlib from 'node:zlib';
import { SyncError } from '../errors/SyncError.js';
import type { SegmentState } from './DocumentStore.js';
import type { StoreFiles } from './StorePlace.js';
import { createFile, readAll, reading } from './fileCalls.js';

const MAGIC = 'CMSDOC03';
/** Bytes before the dictionary: magic, length and check sum of the dictionary, site, number, check sum of these. */
const HEADER = 64;
const SITE = { from: 16, to: 52 } as const;
const NUMBER = 52;
const CHECK_SUM = 60;
/** Of a segment of format 5, each document of which is packed alone, with a dictionary. */
const SINGLE_MAGIC = 'CMSDOC02';
/** Of a segment of a format before 5, which does not say whose it is either. */
const EARLIEST_MAGIC = 'CMSDOC01';
const EARLIEST_HEADER = 16;
const DICTIONARY_LIMIT = 32 * 1024;
const NO_DICTIONARY = Buffer.alloc(0);
/** So many segments an engine can begin. */
export const SEGMENTS_OF_ENGINE = 4096;

/** An open segment: header, then blocks of documents. */
export interface Segment {
  readonly number: number;
  readonly file: string;
  readonly descriptor: number;
  /** Of a format before 6, whose documents are packed one by one; undefined where they are in blocks. */
  readonly dictionary: Uint8Array | undefined;
  /** Where its documents begin. */
  readonly start: number;
  length: number;
}

/** Name of a segment: generation of the engine that wrote it, and its count. */
export function segmentFile(number: number): string {
  return `${generationOfSegment(number)}-${number % SEGMENTS_OF_ENGINE}.seg`;
}

/** The generation of the engine that wrote a segment. */
export function generationOfSegment(number: number): number {
  return Math.floor(number / SEGMENTS_OF_ENGINE);
}

/** The number a file name stands for, or undefined. */
export function parseSegmentFile(file: string): number | undefined {
  const parts = /^(\d+)-(\d+)\.seg$/.exec(file);
  return parts === null ? undefined : Number(parts[1]) * SEGMENTS_OF_ENGINE + Number(parts[2]);
}

/** Which file a segment is, and whose it must be. */
export interface SegmentPlace {
  readonly file: string;
  readonly number: number;
  /** GUID of the site. */
  readonly site: string;
}

/** Looks at the header and the size of a segment. */
export function inspectSegment(files: StoreFiles, place: SegmentPlace): SegmentState {
  const { number, file } = place;
  try {
    const segment = openSegment(files, place);
    files.closeSync(segment.descriptor);
    return { number, path: file, start: segment.start, size: segment.length, problem: undefined };
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    return { number, path: file, start: 0, size: 0, problem: String(error.data['reason']) };
  }
}

/** Creates a segment without documents. */
export function createSegment(files: StoreFiles, place: SegmentPlace): Segment {
  const { file, number } = place;
  const bytes = headerOf(place);
  const descriptor = createFile(files, file, bytes);
  return { number, file, descriptor, dictionary: undefined, start: bytes.length, length: bytes.length };
}

function headerOf({ number, site }: SegmentPlace): Buffer {
  const header = Buffer.alloc(HEADER);
  header.write(MAGIC, 'latin1');
  header.writeUInt32LE(zlib.crc32(NO_DICTIONARY), 12);
  header.write(site, SITE.from, 'latin1');
  header.writeDoubleLE(number, NUMBER);
  header.writeUInt32LE(zlib.crc32(header.subarray(0, CHECK_SUM)), CHECK_SUM);
  return header;
}

/** Opens a segment for reading. @throws SyncError StoreCorrupt, StoreReadFailed */
export function openSegment(files: StoreFiles, place: SegmentPlace): Segment {
  const { file, number } = place;
  const descriptor = open(files, file);
  try {
    return reading(file, () => ({
      number,
      file,
      descriptor,
      ...readHeader(files, descriptor, place),
      length: files.fstatSync(descriptor).size,
    }));
  } catch (error) {
    files.closeSync(descriptor);
    throw error;
  }
}

function readHeader(files: StoreFiles, descriptor: number, place: SegmentPlace): Pick<Segment, 'dictionary' | 'start'> {
  const header = Buffer.alloc(HEADER);
  const there = readAll(files, descriptor, { bytes: header, position: 0 });
  const from = headerEnd(header.subarray(0, there));
  const reason = from === HEADER ? reasonAgainst(header, place) : undefined;
  const dictionary = Buffer.alloc(from === undefined ? 0 : Math.min(header.readUInt32LE(8), DICTIONARY_LIMIT));
  const read = readAll(files, descriptor, { bytes: dictionary, position: from ?? 0 });
  const isDamaged =
    from === undefined || read < dictionary.length || zlib.crc32(dictionary) !== header.readUInt32LE(12);
  if (isDamaged || reason !== undefined)
    throw new SyncError('StoreCorrupt', { path: place.file, reason: reason ?? 'its header is damaged' });
  const isOfBlocks = header.toString('latin1', 0, MAGIC.length) === MAGIC;
  return { dictionary: isOfBlocks ? undefined : dictionary, start: from + dictionary.length };
}

/** Where the dictionary begins; undefined where there is no header of a segment. */
function headerEnd(header: Buffer): number | undefined {
  const magic = header.toString('latin1', 0, MAGIC.length);
  if (magic === EARLIEST_MAGIC && header.length >= EARLIEST_HEADER) return EARLIEST_HEADER;
  return (magic === MAGIC || magic === SINGLE_MAGIC) && header.length === HEADER ? HEADER : undefined;
}

function reasonAgainst(header: Buffer, { number, site }: SegmentPlace): string | undefined {
  if (zlib.crc32(header.subarray(0, CHECK_SUM)) !== header.readUInt32LE(CHECK_SUM)) return 'its header is damaged';
  const owner = header.toString('latin1', SITE.from, SITE.to);
  if (owner !== site) return `it belongs to another site (${owner})`;
  const known = header.readDoubleLE(NUMBER);
  return known === number ? undefined : `it is ${segmentFile(known)} under another name`;
}

function open(files: StoreFiles, file: string): number {
  if (!files.existsSync(file)) throw new SyncError('StoreCorrupt', { path: file, reason: 'it is missing' });
  return reading(file, () => files.openSync(file, 'r'));
}

/** Bytes of an open segment, fewer where it ends before. @throws SyncError StoreReadFailed */
export function bytesOfSegment(
  files: StoreFiles,
  segment: Segment,
  { position, length }: { position: number; length: number },
): Buffer {
  const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, segment.length - position)));
  const read = reading(segment.file, () => readAll(files, segment.descriptor, { bytes, position }));
  return bytes.subarray(0, read);
}
