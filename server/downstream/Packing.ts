import { constants, createGzip } from 'node:zlib';
import type { RequestWork } from './port/RequestWork.js';
import { pour } from './pour.js';

/** zlib's own 16 KB would cost a hundred rounds through its pool for one answer. */
const PACKED_CHUNK = 64 * 1024;

/** How answers are packed. */
export const GZIP = { level: constants.Z_BEST_SPEED, chunkSize: PACKED_CHUNK } as const;

/** A hundred documents of usual size take 200 KB. What is larger is not kept, and is not whole before it is sent. */
const LARGEST = 2 * 1024 * 1024;

/** An answer that is being packed. */
export class Packing {
  readonly #work: Pick<RequestWork, 'hold'>;
  readonly #packing = createGzip(GZIP);
  readonly #chunks = this.#packing[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  readonly #begun: Buffer[] = [];
  /** Whether all blocks were read. */
  readonly #poured: Promise<boolean>;

  /** `blocks` are read as they are packed. */
  constructor(blocks: AsyncIterable<Buffer>, work: Pick<RequestWork, 'hold'>) {
    this.#work = work;
    this.#poured = pour(blocks, this.#packing);
    this.#poured.catch(() => undefined);
  }

  /** All of it, in memory that is held; undefined where it is large. @throws whatever `blocks` throws, PortBusy */
  async whole(): Promise<Buffer | undefined> {
    try {
      let size = 0;
      for (let next = await this.#chunks.next(); next.done !== true; next = await this.#chunks.next()) {
        this.#begun.push(next.value);
        size += next.value.length;
        if (size > LARGEST) return undefined;
        await this.#work.hold(next.value.length);
      }
      return Buffer.concat(this.#begun, size);
    } catch (caught) {
      this.#packing.destroy();
      await this.#poured;
      throw caught;
    }
  }

  /** What is large, piece by piece. */
  async *chunks(): AsyncGenerator<Buffer, void, undefined> {
    try {
      for (let chunk = this.#begun.shift(); chunk !== undefined; chunk = this.#begun.shift()) yield chunk;
      for (let next = await this.#chunks.next(); next.done !== true; next = await this.#chunks.next()) yield next.value;
      await this.#poured;
    } finally {
      this.#packing.destroy();
    }
  }

  /** Whether all blocks were read to their end. */
  async isDone(): Promise<boolean> {
    return this.#poured;
  }
}
