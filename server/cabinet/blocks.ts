import { transcode } from 'node:buffer';
import { deflateRawSync } from 'node:zlib';

/**
 * The checksum of CFDATA (MS-CAB 3.1): little-endian words combined by exclusive or, the one to three bytes left over
 * in
 * big-endian order.
 */
export function cabinetChecksum(bytes: Uint8Array, seed = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length & ~3;
  let sum = seed;
  for (let at = 0; at < whole; at += 4) sum ^= view.getUint32(at, true);
  let rest = 0;
  for (let at = whole; at < bytes.length; at++) rest = (rest << 8) | (bytes[at] ?? 0);
  return (sum ^ rest) >>> 0;
}

/** Largest uncompressed size of one CFDATA block. */
export const CABINET_BLOCK_BYTES = 32_768;

const HEADER_SIZE = 8;
const MAX_COMPRESSED = CABINET_BLOCK_BYTES + 12;
const SIGNATURE = Buffer.from('CK', 'latin1');

/** One MSZIP block: `CK`, raw deflate with the block before it as dictionary. */
export function cabinetBlock(plain: Uint8Array, previous: Uint8Array | undefined): Buffer {
  return mszipBlock(plain, [deflateRawSync(plain, { dictionary: previous })]);
}

/** The same of what deflate has made of it, in pieces. */
export function mszipBlock(plain: Uint8Array, deflated: readonly Uint8Array[]): Buffer {
  const length = deflated.reduce((sum, piece) => sum + piece.length, SIGNATURE.length);
  return dataBlock([SIGNATURE, ...(length <= MAX_COMPRESSED ? deflated : [stored(plain)])], plain.length);
}

/** One block of a cabinet: CFDATA with its checksum. */
export function dataBlock(packed: readonly Uint8Array[], plainLength: number): Buffer {
  const block = Buffer.concat([Buffer.alloc(HEADER_SIZE), ...packed]);
  block.writeUInt16LE(block.length - HEADER_SIZE, 4);
  block.writeUInt16LE(plainLength, 6);
  const dataSum = cabinetChecksum(block.subarray(HEADER_SIZE));
  block.writeUInt32LE(cabinetChecksum(block.subarray(4, HEADER_SIZE), dataSum), 0);
  return block;
}

/** What does not compress becomes one stored block of deflate, which stays within MSZIP's limit. */
function stored(plain: Uint8Array): Buffer {
  const header = Buffer.from([1, 0, 0, 0, 0]);
  header.writeUInt16LE(plain.length, 1);
  header.writeUInt16LE(~plain.length & 0xffff, 3);
  return Buffer.concat([header, plain]);
}

/** Of characters of one byte it makes exactly one block. */
const PIECE_BYTES = CABINET_BLOCK_BYTES / 2;
const EMPTY = Buffer.alloc(0);

/** UTF-8 as UTF-16LE in blocks of a cabinet, the last one shorter: a large document is never there as a whole. */
export function* utf16Blocks(utf8: Uint8Array): Generator<Buffer, void, void> {
  let rest: Buffer = EMPTY;
  for (let at = 0, end = 0; at < utf8.length; at = end) {
    end = characterStart(utf8, at + PIECE_BYTES);
    const text = transcode(utf8.subarray(at, end), 'utf8', 'utf16le');
    rest = rest.length === 0 ? text : Buffer.concat([rest, text]);
    for (; rest.length >= CABINET_BLOCK_BYTES; rest = rest.subarray(CABINET_BLOCK_BYTES))
      yield rest.subarray(0, CABINET_BLOCK_BYTES);
  }
  if (rest.length > 0) yield rest;
}

/** The start of the character that the byte belongs to; a character has four bytes at most. */
function characterStart(utf8: Uint8Array, at: number): number {
  if (at >= utf8.length) return utf8.length;
  for (let start = at; start > at - 4; start--) if (((utf8[start] ?? 0) & 0xc0) !== 0x80) return start;
  return at;
}
