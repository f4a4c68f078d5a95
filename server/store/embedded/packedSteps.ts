import { promisify } from 'node:util';
import zlib from 'node:zlib';

/** Number of no statement: what follows is a block of packed steps. Since format 5. */
export const PACKED = 0xff;
/** Mark, no values, packed and plain length. */
const BLOCK_HEADER = 10;
/** Fewer bytes than these are hardly made smaller. */
const WORTHWHILE = 512;
/** Quality 3 makes rows seven times smaller in 8 ms a megabyte; with quality 1 they take a sixth more, and 6 ms. */
const HOW = { [zlib.constants.BROTLI_PARAM_QUALITY]: 3, [zlib.constants.BROTLI_PARAM_LGWIN]: 18 };

/** Steps as one block; as they are where that is not smaller. */
export function packSteps(steps: Buffer): Buffer {
  return steps.length < WORTHWHILE ? steps : blockOf(steps, zlib.brotliCompressSync(steps, { params: HOW }));
}

/** The same, packed in another thread. */
export async function packStepsLater(steps: Buffer): Promise<Buffer> {
  return blockOf(steps, await promisify(zlib.brotliCompress)(steps, { params: HOW }));
}

function blockOf(steps: Buffer, packed: Buffer): Buffer {
  if (packed.length + BLOCK_HEADER >= steps.length) return steps;
  const header = Buffer.alloc(BLOCK_HEADER);
  header.writeUInt8(PACKED, 0);
  header.writeUInt32LE(packed.length, 2);
  header.writeUInt32LE(steps.length, 6);
  return Buffer.concat([header, packed]);
}

/** The steps of the block at a position and where it ends; undefined where there is no whole block. */
export function unpackSteps(payload: Buffer, at: number): { steps: Buffer; end: number } | undefined {
  const from = at + BLOCK_HEADER;
  if (from > payload.length) return undefined;
  const end = from + payload.readUInt32LE(at + 2);
  const length = payload.readUInt32LE(at + 6);
  if (end > payload.length) return undefined;
  const steps = unpack(payload.subarray(from, end), length);
  return steps?.length === length ? { steps, end } : undefined;
}

/** What was packed into `bytes`; undefined where they were not, or are damaged. */
export function unpack(bytes: Uint8Array, length: number): Buffer | undefined {
  try {
    // With room for one byte more it comes in one piece, which is not copied.
    return zlib.brotliDecompressSync(bytes, { chunkSize: Math.max(length + 1, 64), maxOutputLength: length + 1 });
  } catch {
    return undefined; // whoever asked says which file is damaged
  }
}
