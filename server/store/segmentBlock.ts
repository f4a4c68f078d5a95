import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { turn } from '../platform/inTurns.js';
import type { DocumentRecord } from './segmentRecord.js';

/**
 * Bytes before each part of a block: length of the part, of its document, of the notes, way back to the first part,
 * length of the block, CRC-32 of what is packed, CRC-32 of these (u32 each, little endian).
 */
export const PART_HEADER = 28;
const CHECK_SUM = PART_HEADER - 4;

/** What stands behind a document is never longer. */
const NOTES_LIMIT = 4 * 1024 * 1024;
/**
 * A block that says it is longer, packed or unpacked, is not one: the longest document takes 192 MB, and may not pack
 * well.
 */
const LONGEST = 200 * 1024 * 1024;
/** To read one document the whole block is unpacked: 0.6 ms for so many bytes. */
const BLOCK_BYTES = 1024 * 1024;
const BLOCK_DOCUMENTS = 50;
/** Bytes from which packing and unpacking are always done in another thread. */
const LONG = 2 * BLOCK_BYTES;
/** Below this the way to another thread takes longer than unpacking. */
const SHORT = 64 * 1024;
/** Quality 1 would take half of the time, and a quarter more on the disk. */
const HOW = { [zlib.constants.BROTLI_PARAM_QUALITY]: 3, [zlib.constants.BROTLI_PARAM_LGWIN]: 20 };

/** Documents that are packed together: they repeat each other. Notes that are too long are left out. */
function* blocksOf(records: readonly DocumentRecord[]): Generator<readonly DocumentRecord[], void> {
  let block: DocumentRecord[] = [];
  let bytes = 0;
  for (const { document, notes } of records) {
    const kept = notes.length > NOTES_LIMIT ? notes.subarray(0, 0) : notes;
    const length = document.length + kept.length;
    if (block.length === BLOCK_DOCUMENTS || (block.length > 0 && bytes + length > BLOCK_BYTES)) {
      yield block;
      block = [];
      bytes = 0;
    }
    block.push({ document, notes: kept });
    bytes += length;
  }
  if (block.length > 0) yield block;
}

/** Where blocks of usual size stood that are packed: the next ones stand there. */
const scratches: Buffer[] = [];
const MOST_SCRATCHES = 2;

/** What is packed, and what it stands in for as long as that takes. */
function rawOf(records: readonly DocumentRecord[]): { readonly raw: Buffer; readonly scratch?: Buffer } {
  const pieces = records.flatMap(({ document, notes }) => [document, notes]);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (length > LONG) return { raw: joined(pieces, length) };
  const kept = scratches.pop();
  const scratch = kept === undefined || kept.length < length ? newScratch(length) : kept;
  let end = 0;
  for (const piece of pieces) {
    scratch.set(piece, end);
    end += piece.length;
  }
  return { raw: scratch.subarray(0, length), scratch };
}

function newScratch(length: number): Buffer {
  return Buffer.allocUnsafeSlow(Math.max(length, BLOCK_BYTES));
}

/** A long document that stands alone is not copied. */
function joined(pieces: readonly Uint8Array[], length: number): Buffer {
  const [first] = pieces;
  if (first?.length === length) return Buffer.from(first.buffer, first.byteOffset, length);
  return Buffer.concat(pieces, length);
}

/** Documents as they are stored: one part for each, one behind the other, and how long each part is. */
export interface SealedDocuments {
  readonly bytes: Uint8Array;
  readonly lengths: readonly number[];
}

/** How documents are packed. */
export interface Sealing {
  /** True for packing blocks in another thread, while this one goes on. */
  readonly aside?: boolean;
}

/** Documents in blocks; others have their turn between two blocks. */
export async function sealDocuments(
  records: readonly DocumentRecord[],
  sealing: Sealing = {},
): Promise<SealedDocuments> {
  const blocks: SealedDocuments[] = [];
  for (const block of blocksOf(records)) {
    blocks.push(await sealBlock(block, sealing));
    await turn();
  }
  const [only] = blocks;
  if (only !== undefined && blocks.length === 1) return only;
  return { bytes: Buffer.concat(blocks.map(({ bytes }) => bytes)), lengths: blocks.flatMap(({ lengths }) => lengths) };
}

/**
 * A block as it is stored: one part for each document, so that a document has a place and a length of its own. The
 * packed bytes are shared out among the parts as the documents share the bytes that were packed.
 */
export async function sealBlock(
  records: readonly DocumentRecord[],
  { aside = false }: Sealing = {},
): Promise<SealedDocuments> {
  const { raw, scratch } = rawOf(records);
  const packed = await pack(raw, raw.length > (aside ? SHORT : LONG));
  if (scratch !== undefined && scratches.length < MOST_SCRATCHES) scratches.push(scratch);
  const bytes = Buffer.allocUnsafe(records.length * PART_HEADER + packed.length);
  const checkSum = zlib.crc32(packed);
  let begin = 0;
  let rawEnd = 0;
  let back = 0;
  const lengths = records.map(({ document, notes }, index) => {
    rawEnd += document.length + notes.length;
    const isLast = index === records.length - 1;
    const end = isLast ? packed.length : Math.floor((packed.length * rawEnd) / Math.max(1, raw.length));
    writePartHeader(bytes, back, [end - begin, document.length, notes.length, back, bytes.length, checkSum]);
    packed.copy(bytes, back + PART_HEADER, begin, end);
    const length = PART_HEADER + end - begin;
    begin = end;
    back += length;
    return length;
  });
  return { bytes, lengths };
}

async function pack(raw: Uint8Array, elsewhere: boolean): Promise<Buffer> {
  const params = { ...HOW, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: raw.length };
  // What a block packs to comes in one piece.
  const options = { params, chunkSize: SHORT };
  return elsewhere ? promisify(zlib.brotliCompress)(raw, options) : zlib.brotliCompressSync(raw, { params });
}

function writePartHeader(bytes: Buffer, at: number, fields: readonly number[]): void {
  for (const [index, value] of fields.entries()) bytes.writeUInt32LE(value, at + index * 4);
  bytes.writeUInt32LE(zlib.crc32(bytes.subarray(at, at + CHECK_SUM)), at + CHECK_SUM);
}

/** What a part says of itself and of its block; all lengths in bytes. */
export interface PartHeader {
  /** With this header. */
  readonly length: number;
  readonly document: number;
  readonly notes: number;
  /** From the beginning of the block to this part. */
  readonly back: number;
  readonly block: number;
  readonly checkSum: number;
}

/** The header of a part at a place of `bytes`, or undefined where no whole one stands. */
export function readPartHeader(bytes: Buffer, at = 0): PartHeader | undefined {
  if (at + PART_HEADER > bytes.length) return undefined;
  const header = bytes.subarray(at, at + PART_HEADER);
  if (zlib.crc32(header.subarray(0, CHECK_SUM)) !== header.readUInt32LE(CHECK_SUM)) return undefined;
  const block = header.readUInt32LE(16);
  if (block > LONGEST) return undefined;
  return {
    length: PART_HEADER + header.readUInt32LE(0),
    document: header.readUInt32LE(4),
    notes: header.readUInt32LE(8),
    back: header.readUInt32LE(12),
    block,
    checkSum: header.readUInt32LE(20),
  };
}

/** A document of a block and where its part stands, from the beginning of the block. */
export interface OpenedPart extends DocumentRecord {
  readonly at: number;
  readonly length: number;
}

/** A block with its documents. */
export interface OpenedBlock {
  /** Bytes of the documents and notes together. */
  readonly size: number;
  readonly parts: readonly OpenedPart[];
}

/** How a block is opened. `longest` is for tests. */
interface Opening {
  readonly longest?: number;
  /** True for unpacking in another thread, while this one goes on. */
  readonly aside?: boolean;
}

/** What a block holds, or undefined when it is damaged. */
export async function openBlock(
  block: Buffer,
  { longest = LONGEST, aside = false }: Opening = {},
): Promise<OpenedBlock | undefined> {
  const headers = headersOf(block);
  if (headers === undefined) return undefined;
  const packed = Buffer.concat(headers.map(({ back, length }) => block.subarray(back + PART_HEADER, back + length)));
  if (zlib.crc32(packed) !== headers[0]?.checkSum) return undefined;
  const size = headers.reduce((sum, { document, notes }) => sum + document + notes, 0);
  if (size > longest) return undefined;
  const raw = await unpack(packed, { size, aside: aside ? size > SHORT : size > LONG });
  if (raw?.length !== size) return undefined;
  let at = 0;
  const parts = headers.map(({ document, notes, back, length }) => {
    const middle = at + document;
    const from = at;
    at = middle + notes;
    return { at: back, length, document: raw.subarray(from, middle), notes: raw.subarray(middle, at) };
  });
  return { size, parts };
}

/** The headers of all parts; undefined where they do not stand one behind the other to the end. */
function headersOf(block: Buffer): readonly PartHeader[] | undefined {
  const headers: PartHeader[] = [];
  for (let at = 0; at < block.length;) {
    const header = readPartHeader(block, at);
    if (header?.back !== at || header.block !== block.length) return undefined;
    if (header.checkSum !== (headers[0] ?? header).checkSum) return undefined;
    headers.push(header);
    at += header.length;
    if (at > block.length) return undefined;
  }
  return headers;
}

async function unpack(
  packed: Buffer,
  { size, aside }: { readonly size: number; readonly aside: boolean },
): Promise<Buffer | undefined> {
  // With room for one byte more it comes in one piece, and no second one is made for nothing.
  const options = { maxOutputLength: Math.max(1, size), chunkSize: Math.min(LONG, Math.max(SHORT, size + 1)) };
  try {
    return aside ? await promisify(zlib.brotliDecompress)(packed, options) : zlib.brotliDecompressSync(packed, options);
  } catch {
    return undefined; // whoever asked names the segment and the position
  }
}
