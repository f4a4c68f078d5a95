import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SyncError } from '../errors/SyncError.js';
import type { RequestWork } from './port/RequestWork.js';

const LESS = 0x3c;
const AMPERSAND = 0x26;
const EQUALS = 0x3d;

/**
 * The most of each kind of markup in a request. Its largest honest ones, a filter of thousands of categories and a
 * report of hundreds of servers, have a fraction of it.
 */
const MOST = { tags: 100_000, references: 10_000, attributes: 50_000 } as const;

/**
 * Counts what makes a request costly to read, whatever its size: tags (with comments and sections), references, and
 * attributes. Looks at the bytes as they come, before anything is kept of them.
 */
class MarkupMeter {
  #tags = 0;
  #references = 0;
  #attributes = 0;

  /** Counts a piece; false when there was too much by then. */
  takes(piece: Uint8Array): boolean {
    for (let index = 0; index < piece.length; index++) {
      const byte = piece[index] as number;
      if (byte > EQUALS) continue;
      if (byte === LESS) this.#tags += 1;
      else if (byte === AMPERSAND) this.#references += 1;
      else if (byte === EQUALS) this.#attributes += 1;
    }
    return this.#tags <= MOST.tags && this.#references <= MOST.references && this.#attributes <= MOST.attributes;
  }
}

/**
 * The body of a request, unpacked, or the HTTP status to refuse it with. Memory for it is held before it is kept.
 * @throws SyncError PortBusy
 */
export async function readRequestBody(
  request: IncomingMessage,
  maximum: number,
  work: RequestWork,
): Promise<Buffer | number> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') return 415;
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > maximum) return 413;
  const unpacked = request.pipe(encoding === 'gzip' ? createGunzip() : new PassThrough());
  request.once('error', (error) => unpacked.destroy(error));
  try {
    // At once where it is known: bodies that are half there would wait for each other.
    const held = encoding === 'identity' ? length : 0;
    await work.hold(held);
    return await collect(unpacked, { maximum, held }, work);
  } catch (caught) {
    if (caught instanceof SyncError) throw caught;
    return 400; // not packed as it says, or cut off
  }
}

async function collect(
  body: Readable,
  { maximum, held }: { readonly maximum: number; readonly held: number },
  work: RequestWork,
): Promise<Buffer | number> {
  const meter = new MarkupMeter();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maximum || !meter.takes(chunk)) return 413;
    if (size > held) await work.hold(chunk.length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
