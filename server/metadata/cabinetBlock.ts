import { deflateRawSync } from 'node:zlib';
import { cabinetChecksum } from './cabinetChecksum.js';

/** Largest uncompressed size of one CFDATA block. */
export const CABINET_BLOCK_BYTES = 32_768;

const HEADER_SIZE = 8;
const MAX_COMPRESSED = CABINET_BLOCK_BYTES + 12;
const SIGNATURE = Buffer.from('CK', 'latin1');

/** One MSZIP block: `CK`, raw deflate with the block before it as dictionary. */
export function cabinetBlock(plain: Uint8Array, previous: Uint8Array | undefined): Buffer {
  const deflated = deflateRawSync(plain, previous === undefined ? {} : { dictionary: previous });
  const body = deflated.length + SIGNATURE.length <= MAX_COMPRESSED ? deflated : stored(plain);
  return dataBlock([SIGNATURE, body], plain.length);
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
