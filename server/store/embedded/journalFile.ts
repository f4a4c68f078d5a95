import zlib from 'node:zlib';
import { FORMAT } from './schema.js';
import { STATEMENT_NAMES } from './statements.js';

const MAGIC = 'CMSJRN01';
const PREAMBLE = 16;
const RECORD_HEADER = 8;
/** The last bytes of every header. */
const HEADER_END = ']}';
/** Longer than any header: a header is written within one page of the file. */
const HEADER_LIMIT = 4096;
const SEAL = 'CMSEND01';
const SEAL_LENGTH = 16;

/** Which journal: generation of the engine that writes it, and its count within that engine's life. */
export interface JournalName {
  readonly generation: number;
  readonly sequence: number;
}

/** First part of a journal: what it goes on from, and the statements its numbers stand for. */
export interface JournalHeader extends JournalName {
  readonly format: number;
  readonly previous: (JournalName & { readonly length: number }) | null;
  readonly statements: readonly string[];
}

export function journalFile(name: JournalName): string {
  return `journal.${name.generation}.${name.sequence}`;
}

/** The name a file name stands for, or undefined. */
export function parseJournalFile(file: string): JournalName | undefined {
  const parts = /^journal\.(\d+)\.(\d+)$/.exec(file);
  return parts === null ? undefined : { generation: Number(parts[1]), sequence: Number(parts[2]) };
}

/** Order of journals and snapshots: by generation, then by count. */
export function compareNames(a: JournalName, b: JournalName): number {
  return a.generation - b.generation || a.sequence - b.sequence;
}

export function writeHeader(name: JournalName, previous: JournalHeader['previous']): Buffer {
  const header: JournalHeader = { ...name, format: FORMAT, previous, statements: STATEMENT_NAMES };
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const preamble = Buffer.alloc(PREAMBLE);
  preamble.write(MAGIC, 'latin1');
  preamble.writeUInt32LE(json.length, 8);
  preamble.writeUInt32LE(zlib.crc32(json), 12);
  return Buffer.concat([preamble, json]);
}

/** A journal's first part: whole, never finished being created, or damaged. */
export type HeaderState = { readonly header: JournalHeader; readonly end: number } | 'unfinished' | 'damaged';

/**
 * Reads the header. A file that was never finished being created holds less than a whole header and nothing behind it.
 */
export function readHeader(bytes: Buffer): HeaderState {
  const magic = bytes.toString('latin1', 0, MAGIC.length);
  // After a power cut a file can have its length without its bytes.
  if (bytes.length <= HEADER_LIMIT && bytes.every((byte) => byte === 0)) return 'unfinished';
  if (bytes.length < PREAMBLE) return MAGIC.startsWith(magic) ? 'unfinished' : 'damaged';
  const end = PREAMBLE + bytes.readUInt32LE(8);
  const json = bytes.subarray(PREAMBLE, end);
  if (magic !== MAGIC) return 'damaged';
  if (bytes.length < end) return bytes.includes(HEADER_END, PREAMBLE) ? 'damaged' : 'unfinished';
  if (zlib.crc32(json) !== bytes.readUInt32LE(12)) return 'damaged';
  return { header: JSON.parse(json.toString('utf8')) as JournalHeader, end };
}

/** One transaction as it stands in a journal: length, CRC-32, payload. */
export function sealTransaction(payload: Buffer): Buffer {
  const record = Buffer.allocUnsafe(RECORD_HEADER + payload.length);
  record.writeUInt32LE(payload.length, 0);
  record.writeUInt32LE(zlib.crc32(payload), 4);
  payload.copy(record, RECORD_HEADER);
  return record;
}

/** The payload at a position and where the next record begins; undefined when it is torn or damaged. */
export function readTransaction(bytes: Buffer, at: number): { payload: Buffer; next: number } | undefined {
  if (at + RECORD_HEADER > bytes.length) return undefined;
  const next = at + RECORD_HEADER + bytes.readUInt32LE(at);
  if (next > bytes.length) return undefined;
  const payload = bytes.subarray(at + RECORD_HEADER, next);
  return zlib.crc32(payload) === bytes.readUInt32LE(at + 4) ? { payload, next } : undefined;
}

/** What ends a journal that was closed: without it, the engine was killed. */
export function sealJournal(position: number): Buffer {
  const seal = Buffer.alloc(SEAL_LENGTH);
  seal.write(SEAL, 'latin1');
  seal.writeDoubleLE(position, SEAL.length);
  return seal;
}

/** Tells whether a journal was closed, with its last transaction ending at `at` where that is given. */
export function isSealed(bytes: Buffer, at = bytes.length - SEAL_LENGTH): boolean {
  return (
    at >= 0 &&
    at + SEAL_LENGTH === bytes.length &&
    bytes.toString('latin1', at, at + SEAL.length) === SEAL &&
    bytes.readDoubleLE(at + SEAL.length) === at
  );
}
