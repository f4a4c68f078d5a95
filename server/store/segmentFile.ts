import zlib from 'node:zlib';
import { SyncError } from '../errors/SyncError.js';
import { createFile, readAll, reading } from './fileCalls.js';
import type { StoreFiles } from './StoreFiles.js';
import type { SegmentState } from './StoreInspection.js';

const MAGIC = 'CMSDOC01';
const HEADER = 16;
/** Larger dictionaries cost more time for each document than they save in bytes (docs/storage.md). */
const DICTIONARY_SIZE = 16 * 1024;
const DICTIONARY_LIMIT = 32 * 1024;
const SAMPLES = 2;
/** So many segments an engine can begin. */
export const SEGMENTS_OF_ENGINE = 4096;

/** An open segment: header with the dictionary, then records. */
export interface Segment {
  readonly number: number;
  readonly file: string;
  readonly descriptor: number;
  readonly dictionary: Uint8Array;
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

/** Looks at the header and the size of a segment. */
export function inspectSegment(files: StoreFiles, options: { file: string; number: number }): SegmentState {
  const { number, file } = options;
  try {
    const segment = openSegment(files, options);
    files.closeSync(segment.descriptor);
    return { number, path: file, start: HEADER + segment.dictionary.length, size: segment.length, problem: undefined };
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    return { number, path: file, start: 0, size: 0, problem: String(error.data['reason']) };
  }
}

/** Creates a segment whose dictionary is taken from the first documents it will hold. */
export function createSegment(
  files: StoreFiles,
  options: { file: string; number: number; samples: readonly Uint8Array[] },
): Segment {
  const dictionary = dictionaryFrom(options.samples);
  const header = Buffer.alloc(HEADER);
  header.write(MAGIC, 'latin1');
  header.writeUInt32LE(dictionary.length, 8);
  header.writeUInt32LE(zlib.crc32(dictionary), 12);
  const bytes = Buffer.concat([header, dictionary]);
  const descriptor = createFile(files, options.file, bytes);
  return { number: options.number, file: options.file, descriptor, dictionary, length: bytes.length };
}

/** Opens a segment for reading. */
export function openSegment(files: StoreFiles, options: { file: string; number: number }): Segment {
  const { file, number } = options;
  const descriptor = open(files, file);
  try {
    return reading(file, () => ({
      number,
      file,
      descriptor,
      dictionary: readDictionary(files, descriptor, file),
      length: files.fstatSync(descriptor).size,
    }));
  } catch (error) {
    files.closeSync(descriptor);
    throw error;
  }
}

function readDictionary(files: StoreFiles, descriptor: number, file: string): Buffer {
  const header = Buffer.alloc(HEADER);
  const isSegment =
    readAll(files, descriptor, { bytes: header, position: 0 }) === HEADER && header.toString('latin1', 0, 8) === MAGIC;
  const dictionary = Buffer.alloc(isSegment ? Math.min(header.readUInt32LE(8), DICTIONARY_LIMIT) : 0);
  const read = readAll(files, descriptor, { bytes: dictionary, position: HEADER });
  if (!isSegment || read < dictionary.length || zlib.crc32(dictionary) !== header.readUInt32LE(12))
    throw new SyncError('StoreCorrupt', { path: file, reason: 'its header is damaged' });
  return dictionary;
}

function open(files: StoreFiles, file: string): number {
  if (!files.existsSync(file)) throw new SyncError('StoreCorrupt', { path: file, reason: 'it is missing' });
  return reading(file, () => files.openSync(file, 'r'));
}

/** The beginnings of documents from the middle of the first batch: what documents share stands near their beginning. */
function dictionaryFrom(samples: readonly Uint8Array[]): Buffer {
  const middle = Math.floor(samples.length / 2);
  return Buffer.concat(
    samples.slice(middle, middle + SAMPLES).map((sample) => sample.subarray(0, DICTIONARY_SIZE / SAMPLES)),
  );
}
