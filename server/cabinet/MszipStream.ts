import type { TransformOptions } from 'node:stream';
import { constants, createDeflateRaw, type DeflateRaw, type ZlibOptions } from 'node:zlib';
import { CABINET_BLOCK_BYTES, mszipBlock } from './blocks.js';

/** More than a block ever takes: what is ready is never left waiting for its reader. */
const ROOM = 4 * CABINET_BLOCK_BYTES;
const OPTIONS: ZlibOptions & Pick<TransformOptions, 'highWaterMark'> = {
  flush: constants.Z_SYNC_FLUSH,
  chunkSize: ROOM,
  highWaterMark: ROOM,
};
const EMPTY = Buffer.alloc(0);
/** An empty block of deflate that is marked as the last one. */
const LAST = Buffer.from([0x03, 0x00]);

/**
 * Packs the blocks of one folder in another thread, one after the other. Each may refer to the one before it, and is a
 * whole stream of deflate of its own, as MSZIP has it: what zlib makes of a block is ended by an empty last one. To
 * begin a new deflate for each block takes twice the time.
 */
export class MszipStream {
  readonly #deflate: DeflateRaw;

  constructor() {
    this.#deflate = createDeflateRaw(OPTIONS);
    // Whoever waits for a block hears of it.
    this.#deflate.on('error', () => undefined);
  }

  /** The CFDATA of a block, which stays as it is until then. */
  async pack(plain: Uint8Array): Promise<Buffer> {
    const packed = await new Promise<Uint8Array>((resolve, reject) => {
      this.#deflate.write(plain, (error) => {
        if (error instanceof Error) reject(error);
        else resolve((this.#deflate.read() as Buffer | null) ?? EMPTY);
      });
    });
    return mszipBlock(plain, [packed, LAST]);
  }

  /** Ends it; what waits fails. */
  close(): void {
    this.#deflate.destroy();
  }
}
