import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import { BLOCK_BYTES, giveBlock, inBlocks, type MessagePieces } from './AnswerBlocks.js';
import type { PackedAnswer } from './PackedAnswers.js';
import { GZIP, Packing } from './Packing.js';
import { pour } from './pour.js';
import type { RequestWork } from './port/RequestWork.js';

const pack = promisify(gzip);

/** Below this a packed answer saves nothing. */
const SMALLEST_PACKED = 1400;

/** The pieces of a message: all there, or made while it is sent. */
export type Pieces = readonly Uint8Array[] | MessagePieces;

/** What an answer takes of the memory while it is sent piece by piece: two blocks. */
const BLOCKS_BYTES = 288 * 1024;

/** What zlib works with, and what of its work is on its way. */
const PACKING_BYTES = 352 * 1024;
const UNPACKING_BYTES = 256 * 1024;

/** One HTTP answer to send. */
interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly pieces: Pieces;
  /** False for what is compressed already. */
  readonly packable: boolean;
  /** Where the packed form is to be kept. */
  readonly kept?: PackedAnswer | undefined;
  /** The packed form, where it is there: `pieces` are not looked at. */
  readonly packed?: Buffer | undefined;
  /** Takes memory before it is used. */
  readonly work: Pick<RequestWork, 'hold' | 'give'>;
}

/**
 * Sends the pieces of an answer, packed where the client accepts it and it pays. What is made while it is sent is made
 * no faster than the client takes it.
 */
export async function sendPieces(request: IncomingMessage, response: ServerResponse, reply: HttpReply): Promise<void> {
  const { pieces, packed } = reply;
  const packs = reply.packable && acceptsGzip(request);
  if (packed !== undefined) await sendKept(response, reply, { body: packed, packs });
  else if (isWhole(pieces)) await sendWhole(response, { ...reply, pieces }, packs);
  else await sendStream(response, { ...reply, pieces }, packs);
}

/** A packed answer, and whether the client takes it so. */
interface KeptBody {
  readonly body: Buffer;
  readonly packs: boolean;
}

/** Other answers may take its place while a slow client still has this one. */
async function sendKept(response: ServerResponse, reply: HttpReply, kept: KeptBody): Promise<void> {
  await reply.work.hold(kept.body.length);
  await sendReady(response, reply, kept);
}

async function sendReady(response: ServerResponse, reply: HttpReply, { body, packs }: KeptBody): Promise<void> {
  if (packs) sendBody(response, reply, { body, isPacked: true });
  else await sendUnpacked(response, reply, [body]);
}

/** Unpacks an answer while it is sent. False where the client is gone. */
async function sendUnpacked(
  response: ServerResponse,
  reply: HttpReply,
  packed: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<boolean> {
  await reply.work.hold(UNPACKING_BYTES);
  const unpacking = createGunzip({ chunkSize: GZIP.chunkSize });
  response.writeHead(reply.status, headersOf(reply, false));
  const [isWhole] = await Promise.all([pour(packed, unpacking), pipeline(unpacking, response)]);
  return isWhole;
}

async function sendWhole(
  response: ServerResponse,
  reply: HttpReply & { readonly pieces: readonly Uint8Array[] },
  packs: boolean,
): Promise<void> {
  const whole = Buffer.concat(reply.pieces);
  const isPacked = packs && whole.length >= SMALLEST_PACKED;
  const body = isPacked ? await pack(whole, GZIP) : whole;
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
  reply: HttpReply & { readonly pieces: MessagePieces },
  packs: boolean,
): Promise<void> {
  const taken: Buffer[] = [];
  const blocks = inBlocks(reply.pieces, taken);
  let sent: boolean | Buffer;
  try {
    const first = (await blocks.next()).value ?? Buffer.alloc(0);
    if (first.length < BLOCK_BYTES) {
      await sendWhole(response, { ...reply, pieces: [first] }, packs);
      sent = true;
    } else {
      await reply.work.hold(BLOCKS_BYTES);
      sent = await sendBlocks(response, { ...reply, packs }, afterwards(first, blocks));
      if (sent !== false) reply.work.give(BLOCKS_BYTES);
    }
  } finally {
    await blocks.return();
  }
  // Where it was not sent whole something may still read the blocks.
  if (sent === false) return;
  for (const block of taken) giveBlock(block);
  if (sent !== true) await sendReady(response, reply, { body: sent, packs });
}

/**
 * Sends an answer block by block, or gives it packed where that is made first: whoever asks for the same meanwhile does
 * not wait for this client then. False where the client is gone. An error that comes after the answer has begun cuts
 * the connection, so that nobody takes it for whole.
 */
async function sendBlocks(
  response: ServerResponse,
  reply: HttpReply & { readonly packs: boolean },
  blocks: AsyncGenerator<Buffer, void>,
): Promise<boolean | Buffer> {
  const { kept, work, packs } = reply;
  if (!packs && kept === undefined) {
    response.writeHead(reply.status, headersOf(reply, false));
    return pour(blocks, response);
  }
  // Somebody else may have begun to pack it by now.
  const others = await kept?.bytes();
  if (others !== undefined) {
    await work.hold(others.length);
    return others;
  }
  await work.hold(PACKING_BYTES);
  let packing: Packing | undefined;
  const pack = async (): Promise<Buffer | undefined> => (packing = new Packing(blocks, work)).whole();
  const whole = await (kept?.make(pack) ?? pack());
  if (whole === undefined) return sendLarge(response, reply, packing ?? new Packing(blocks, work));
  work.give(PACKING_BYTES);
  return whole;
}

/** What is too large to be packed first goes on while it is sent. */
async function sendLarge(
  response: ServerResponse,
  reply: HttpReply & { readonly packs: boolean },
  packing: Packing,
): Promise<boolean> {
  if (reply.packs) response.writeHead(reply.status, headersOf(reply, true));
  const chunks = packing.chunks();
  const isSent = await (reply.packs ? pour(chunks, response) : sendUnpacked(response, reply, chunks));
  return isSent && packing.isDone();
}

async function* afterwards(
  first: Buffer,
  rest: AsyncGenerator<Buffer, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  yield first;
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
