import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { constants, createGzip, gzip } from 'node:zlib';
import type { MessagePiece } from '../wire/getUpdateData.js';
import { escapePart } from '../xml/escaping.js';
import type { PackedAnswer } from './PackedAnswers.js';
import type { RequestWork } from './port/RequestWork.js';

/** What is sent at once: enough for the network, little for the memory of one connection. */
const BLOCK_BYTES = 128 * 1024;

/** The bytes of pieces in blocks of one size, the last one shorter. */
async function* inBlocks(
  pieces: AsyncIterable<MessagePiece> | Iterable<MessagePiece>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  let size = 0;
  for await (const piece of pieces) {
    const bytes = bytesOf(piece, BLOCK_BYTES - size);
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + BLOCK_BYTES - size);
      block.set(part, size);
      size += part.length;
      at += part.length;
      if (size < BLOCK_BYTES) continue;
      yield block;
      block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
      size = 0;
    }
  }
  if (size > 0) yield block.subarray(0, size);
}

/** What was escaped stays until something else is: a copy where it does not fit into `room` and others come between. */
function bytesOf(piece: MessagePiece, room: number): Uint8Array {
  if (!('text' in piece)) return piece;
  const escaped = escapePart(piece.text);
  return escaped.length < room ? escaped : Uint8Array.from(escaped);
}

const pack = promisify(gzip);

/** Below this a packed answer saves nothing. */
const SMALLEST_PACKED = 1400;

/** zlib's own 16 KB would cost a hundred rounds through its pool for one answer. */
const PACKED_CHUNK = 64 * 1024;

/** The pieces of a message: all there, or made while it is sent. */
export type Pieces = readonly Uint8Array[] | AsyncIterable<MessagePiece>;

/**
 * What an answer takes of the memory while it is sent piece by piece: two blocks, and where it is packed what zlib
 * works with.
 */
const STREAM_BYTES = { plain: 288 * 1024, packed: 640 * 1024 } as const;

/** One HTTP answer to send. */
interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly pieces: Pieces;
  /** False for what is compressed already. */
  readonly packable: boolean;
  /** Where the packed form is kept, or is to be. */
  readonly kept?: PackedAnswer | undefined;
  /** Takes memory before it is used. @throws SyncError PortBusy */
  readonly hold: RequestWork['hold'];
}

/**
 * Sends the pieces of an answer, packed where the client accepts it and it pays. What is made while it is sent is made
 * no faster than the client takes it.
 */
export async function sendPieces(request: IncomingMessage, response: ServerResponse, reply: HttpReply): Promise<void> {
  const { pieces, kept } = reply;
  const packs = reply.packable && acceptsGzip(request);
  if (packs && kept?.bytes !== undefined) await sendKept(response, reply, kept.bytes);
  else if (isWhole(pieces)) await sendWhole(response, { ...reply, pieces }, packs);
  else await sendStream(response, { ...reply, pieces }, packs);
}

/** Other answers may take its place while a slow client still has this one. */
async function sendKept(response: ServerResponse, reply: HttpReply, body: Buffer): Promise<void> {
  await reply.hold(body.length);
  sendBody(response, reply, { body, isPacked: true });
}

async function sendWhole(
  response: ServerResponse,
  reply: HttpReply & { readonly pieces: readonly Uint8Array[] },
  packs: boolean,
): Promise<void> {
  const whole = Buffer.concat(reply.pieces);
  const isPacked = packs && whole.length >= SMALLEST_PACKED;
  const body = isPacked ? await pack(whole, { level: constants.Z_BEST_SPEED, chunkSize: PACKED_CHUNK }) : whole;
  sendBody(response, reply, { body, isPacked });
}

function sendBody(
  response: ServerResponse,
  reply: HttpReply,
  { body, isPacked }: { readonly body: Uint8Array; readonly isPacked: boolean },
): void {
  response.writeHead(reply.status, { ...headersOf(reply, isPacked), 'content-length': body.length }).end(body);
}

/** What fits into one block is sent whole, and needs no room of its own. */
async function sendStream(
  response: ServerResponse,
  reply: HttpReply & { readonly pieces: AsyncIterable<MessagePiece> },
  packs: boolean,
): Promise<void> {
  const blocks = inBlocks(reply.pieces);
  try {
    const begun = [await blocks.next(), await blocks.next()].flatMap(({ value }) => value ?? []);
    if (begun.length < 2) {
      await sendWhole(response, { ...reply, pieces: begun }, packs);
      return;
    }
    // An error below comes after the answer has begun: the connection is cut, so that nobody takes it for whole.
    await reply.hold(packs ? STREAM_BYTES.packed : STREAM_BYTES.plain);
    response.writeHead(reply.status, headersOf(reply, packs));
    const source = Readable.from(afterwards(begun, blocks), { objectMode: false });
    await (packs ? streamPacked(source, response, reply.kept) : pipeline(source, response));
  } finally {
    await blocks.return();
  }
}

async function streamPacked(source: Readable, response: ServerResponse, kept: PackedAnswer | undefined): Promise<void> {
  const packing = createGzip({ level: constants.Z_BEST_SPEED, chunkSize: PACKED_CHUNK });
  const collector = kept?.collect();
  if (collector !== undefined) packing.on('data', (bytes: Buffer) => collector.add(bytes));
  try {
    await pipeline(source, packing, response);
    collector?.end(true);
  } catch (error) {
    collector?.end(false);
    throw error;
  }
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

/** True for a client that takes gzip. */
export function acceptsGzip(request: IncomingMessage): boolean {
  const header = request.headers['accept-encoding'];
  return /(^|,)\s*gzip\s*(;\s*q\s*=\s*(1|0?\.0*[1-9]))?\s*[\d.]*(,|$)/i.test(header ?? '');
}
