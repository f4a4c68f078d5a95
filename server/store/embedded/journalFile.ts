import { createHash } from 'node:crypto';
import zlib from 'node:zlib';
import type { JournalPosition } from '../seal/sealFile.js';
import { FORMAT } from '../sql/schema.js';
import { STATEMENT_NAMES } from '../sql/statements.js';

/** Bytes of a record's header: the length and the check sum of its payload. */
export const RECORD_HEADER = 8;

/** The digest of a journal that has its header only. */
export function digestOfHeader(header: Uint8Array): string {
  return createHash('sha256').update(header).digest('hex');
}

/** The digest with one more record: its check sum stands for the payload, whatever form that has. */
export function digestWith(digest: string, record: Uint8Array): string {
  return createHash('sha256').update(digest, 'hex').update(record.subarray(0, RECORD_HEADER)).digest('hex');
}

const MAGIC = 'CMSJRN01';
const PREAMBLE = 16;
/** The last bytes of every header. */
const HEADER_END = ']}';
/**
 * Bytes before the first record since format 4: a file that is no longer never had an acknowledged one. The headers of
 * earlier formats are shorter.
 */
export const HEADER_BLOCK = 4096;
/** Since which format headers fill a block and name the site. */
export const FIRST_SEALED_FORMAT = 4;
const END_MARK = 'CMSEND01';
const END_MARK_LENGTH = 16;

/** Which journal: generation of the engine that writes it, and its count within that engine's life. */
export interface JournalName {
  readonly generation: number;
  readonly sequence: number;
}

/** First part of a journal: whose it is, what it goes on from, and the statements its numbers stand for. */
export interface JournalHeader extends JournalName {
  readonly format: number;
  /** GUID of the site; since format 4, as the digest of what a journal goes on from. */
  readonly site?: string;
  readonly previous: (Omit<JournalPosition, 'digest'> & Partial<JournalPosition>) | null;
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

/** What the header of a new journal says. */
interface NewHeader {
  readonly name: JournalName;
  readonly site: string;
  readonly previous: JournalHeader['previous'];
}

export function writeHeader({ name, site, previous }: NewHeader): Buffer {
  const header: JournalHeader = { ...name, format: FORMAT, site, previous, statements: STATEMENT_NAMES };
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const block = Buffer.alloc(HEADER_BLOCK);
  block.write(MAGIC, 'latin1');
  block.writeUInt32LE(json.length, 8);
  block.writeUInt32LE(zlib.crc32(json), 12);
  json.copy(block, PREAMBLE);
  return block;
}

/** A journal's first part: whole, never finished being created, or damaged. */
type HeaderState = { readonly header: JournalHeader; readonly end: number } | 'unfinished' | 'damaged';

/**
 * Reads the header. A file that was never finished being created holds less than a whole header and nothing behind it.
 */
export function readHeader(bytes: Buffer): HeaderState {
  const magic = bytes.toString('latin1', 0, MAGIC.length);
  // After a power cut a file can have its length without its bytes.
  if (bytes.length <= HEADER_BLOCK && bytes.every((byte) => byte === 0)) return 'unfinished';
  if (bytes.length < PREAMBLE) return MAGIC.startsWith(magic) ? 'unfinished' : 'damaged';
  const end = PREAMBLE + bytes.readUInt32LE(8);
  const json = bytes.subarray(PREAMBLE, end);
  if (magic !== MAGIC) return 'damaged';
  if (bytes.length < end) return bytes.includes(HEADER_END, PREAMBLE) ? 'damaged' : 'unfinished';
  if (zlib.crc32(json) !== bytes.readUInt32LE(12)) return 'damaged';
  const header = JSON.parse(json.toString('utf8')) as JournalHeader;
  if (header.format < FIRST_SEALED_FORMAT) return { header, end };
  return bytes.length < HEADER_BLOCK ? 'unfinished' : { header, end: HEADER_BLOCK };
}

/** One transaction as it stands in a journal: length, CRC-32, payload. */
export function encodeTransaction(payload: Buffer): Buffer {
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

/**
 * Tells whether a journal of a format before 4 was closed, with its last transaction ending at `at` where that is
 * given.
 */
export function hasEndMark(bytes: Buffer, at = bytes.length - END_MARK_LENGTH): boolean {
  return (
    at >= 0 &&
    at + END_MARK_LENGTH === bytes.length &&
    bytes.toString('latin1', at, at + END_MARK.length) === END_MARK &&
    bytes.readDoubleLE(at + END_MARK.length) === at
  );
}
