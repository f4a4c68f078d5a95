import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { giveBlock, inBlocks, type MessagePieces, takeBlock } from './AnswerBlocks.js';
import type { PackedAnswer } from './PackedAnswers.js';
import { GZIP, Packing } from './Packing.js';
import { pour } from './pour.js';
import type { RequestWork } from './port/RequestWork.js';

const pack = promisify(gzip);

/** Below this a packed answer saves nothing. */
const SMALLEST_PACKED = 1400;

/** The pieces of a message: all there, or made while it is sent. */
export type Pieces = readonly Uint8Array[] | MessagePieces;

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
  if (packed !== undefined) await sendKept(response, reply, packed);
  else if (isWhole(pieces)) await sendWhole(response, { ...reply, pieces }, packs);
  else await sendStream(response, { ...reply, pieces }, packs);
}

/** Other answers may take its place while a slow client still has this one. */
async function sendKept(response: ServerResponse, reply: HttpReply, body: Buffer): Promise<void> {
  await reply.work.hold(body.length);
  sendBody(response, reply, { body, isPacked: true });
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
  const pair = [takeBlock(), takeBlock()] as const;
  const blocks = inBlocks(reply.pieces, pair);
  try {
    const begun = [await blocks.next(), await blocks.next()].flatMap(({ value }) => value ?? []);
    if (begun.length < 2) await sendWhole(response, { ...reply, pieces: begun }, packs);
    // Where it was not sent whole something may still read the blocks.
    else if (!(await (packs ? sendPacked : sendPlain)(response, reply, afterwards(begun, blocks)))) return;
    for (const block of pair) giveBlock(block);
  } finally {
    await blocks.return();
  }
}

/** An error that comes after the answer has begun cuts the connection, so that nobody takes it for whole. */
async function sendPlain(
  response: ServerResponse,
  reply: HttpReply,
  blocks: AsyncGenerator<Buffer, void>,
): Promise<boolean> {
  await reply.work.hold(STREAM_BYTES.plain);
  response.writeHead(reply.status, headersOf(reply, false));
  return pour(blocks, response);
}

/**
 * Packs an answer before it is sent, so that whoever asks for the same meanwhile does not wait for this client. What is
 * still larger than that goes on while it is sent.
 */
async function sendPacked(
  response: ServerResponse,
  reply: HttpReply,
  blocks: AsyncGenerator<Buffer, void>,
): Promise<boolean> {
  const { kept, work } = reply;
  // Somebody else may have begun to pack it by now.
  const others = await kept?.bytes();
  if (others !== undefined) {
    await sendKept(response, reply, others);
    return true;
  }
  await work.hold(STREAM_BYTES.packed);
  const packing = new Packing(blocks, work);
  const pack = async (): Promise<Buffer | undefined> => packing.whole();
  const whole = await (kept?.make(pack) ?? pack());
  if (whole === undefined) {
    response.writeHead(reply.status, headersOf(reply, true));
    return (await pour(packing.chunks(), response)) && packing.isDone();
  }
  work.give(STREAM_BYTES.packed);
  sendBody(response, reply, { body: whole, isPacked: true });
  return true;
}

async function* afterwards(
  begun: Buffer[],
  rest: AsyncGenerator<Buffer, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
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
