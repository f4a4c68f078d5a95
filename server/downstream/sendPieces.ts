import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { constants, createGzip, gzip } from 'node:zlib';
import type { RequestWork } from './port/RequestWork.js';

/** What is sent at once: enough for the network, little for the memory of one connection. */
const BLOCK_BYTES = 64 * 1024;

/** The same bytes in blocks of about one size: small pieces are put together, large ones divided. */
async function* inBlocks(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += BLOCK_BYTES) {
      const part = piece.subarray(at, at + BLOCK_BYTES);
      waiting.push(part);
      size += part.length;
      if (size < BLOCK_BYTES) continue;
      yield Buffer.concat(waiting, size);
      [waiting, size] = [[], 0];
    }
  }
  if (size > 0) yield Buffer.concat(waiting, size);
}

const pack = promisify(gzip);

/** Below this a packed answer saves nothing. */
const SMALLEST_PACKED = 1400;

/** zlib's own 16 KB would cost a hundred rounds through its pool for one answer. */
const PACKED_CHUNK = 64 * 1024;

/** The pieces of a message: all there, or made while it is sent. */
export type Pieces = readonly Uint8Array[] | AsyncIterable<Uint8Array>;

/**
 * What an answer takes of the memory while it is sent piece by piece: two blocks, and where it is packed what zlib
 * works with.
 */
const STREAM_BYTES = { plain: 160 * 1024, packed: 512 * 1024 } as const;

/** One HTTP answer to send. */
interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly pieces: Pieces;
  /** False for what is compressed already. */
  readonly packable: boolean;
  /** Takes memory before it is used. @throws SyncError PortBusy */
  readonly hold: RequestWork['hold'];
}

/**
 * Sends the pieces of an answer, packed where the client accepts it and it pays. What is made while it is sent is made
 * no faster than the client takes it.
 */
export async function sendPieces(request: IncomingMessage, response: ServerResponse, reply: HttpReply): Promise<void> {
  const { pieces } = reply;
  const packs = reply.packable && acceptsGzip(request);
  if (isWhole(pieces)) await sendWhole(response, { ...reply, pieces }, packs);
  else await sendStream(response, { ...reply, pieces }, packs);
}

async function sendWhole(
  response: ServerResponse,
  reply: HttpReply & { readonly pieces: readonly Uint8Array[] },
  packs: boolean,
): Promise<void> {
  const whole = Buffer.concat(reply.pieces);
  const isPacked = packs && whole.length >= SMALLEST_PACKED;
  const body = isPacked ? await pack(whole, { level: constants.Z_BEST_SPEED, chunkSize: PACKED_CHUNK }) : whole;
  response.writeHead(reply.status, { ...headersOf(reply, isPacked), 'content-length': body.length }).end(body);
}

/** What fits into one block is sent whole, and needs no room of its own. */
async function sendStream(
  response: ServerResponse,
  reply: HttpReply & { readonly pieces: AsyncIterable<Uint8Array> },
  packs: boolean,
): Promise<void> {
  const blocks = inBlocks(reply.pieces);
  try {
    const begun = [await blocks.next(), await blocks.next()].flatMap(({ value }) => value ?? []);
    if (begun.length < 2) {
      await sendWhole(response, { ...reply, pieces: begun }, packs);
      return;
    }
    await reply.hold(packs ? STREAM_BYTES.packed : STREAM_BYTES.plain);
    response.writeHead(reply.status, headersOf(reply, packs));
    await stream(Readable.from(afterwards(begun, blocks), { objectMode: false }), response, packs);
  } finally {
    await blocks.return();
  }
}

/** An error here comes after the answer has begun: the connection is cut, so that nobody takes it for whole. */
async function stream(source: Readable, response: ServerResponse, packs: boolean): Promise<void> {
  if (packs) await pipeline(source, createGzip({ level: constants.Z_BEST_SPEED, chunkSize: PACKED_CHUNK }), response);
  else await pipeline(source, response);
}

async function* afterwards(
  begun: Uint8Array[],
  rest: AsyncGenerator<Uint8Array, void, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let block = begun.shift(); block !== undefined; block = begun.shift()) yield block;
  yield* rest;
}

function headersOf({ contentType }: HttpReply, isPacked: boolean): Record<string, string> {
  return {
    'content-type': contentType,
    'cache-control': 'private',
    ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
  };
}

function isWhole(pieces: Pieces): pieces is readonly Uint8Array[] {
  return Array.isArray(pieces);
}

function acceptsGzip(request: IncomingMessage): boolean {
  const header = request.headers['accept-encoding'];
  return /(^|,)\s*gzip\s*(;\s*q\s*=\s*(1|0?\.0*[1-9]))?\s*[\d.]*(,|$)/i.test(header ?? '');
}
