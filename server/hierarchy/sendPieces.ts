import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { constants, createGzip, gzip } from 'node:zlib';
import { inBlocks } from './inBlocks.js';

const pack = promisify(gzip);

/** Below this a packed answer saves nothing. */
const SMALLEST_PACKED = 1400;

/** zlib's own 16 KB would cost a hundred rounds through its pool for one answer. */
const PACKED_CHUNK = 64 * 1024;

/** The pieces of a message: all there, or made while it is sent. */
export type Pieces = readonly Uint8Array[] | AsyncIterable<Uint8Array>;

/** One HTTP answer to send. */
export interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly pieces: Pieces;
  /** False for what is compressed already. */
  readonly packable: boolean;
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

/** An error here comes after the answer has begun: the connection is cut, so that nobody takes it for whole. */
async function sendStream(
  response: ServerResponse,
  reply: HttpReply & { readonly pieces: AsyncIterable<Uint8Array> },
  packs: boolean,
): Promise<void> {
  const source = Readable.from(inBlocks(reply.pieces), { objectMode: false });
  response.writeHead(reply.status, headersOf(reply, packs));
  if (packs) await pipeline(source, createGzip({ level: constants.Z_BEST_SPEED, chunkSize: PACKED_CHUNK }), response);
  else await pipeline(source, response);
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
