import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { reasonOf, toSyncError } from '../errors/SyncError.js';
import { Mutex } from '../platform/Mutex.js';
import { malformed } from '../xml/malformed.js';

/** Unpacking in one piece of this size at most: zlib's own default of 16 KB costs a hundred rounds for one answer. */
const LARGEST_CHUNK = 16 * 1024 * 1024;

/** So few bytes are unpacked sooner than they get to another thread; they hold four megabytes at most. */
const SHORT = 4 * 1024;

const gunzipElsewhere = promisify(gunzip);
/** One after the other: what several answers unpack to at once may be several times as large as they may be. */
const unpacking = new Mutex();

/** Bytes up to which a body is kept as it comes, and put together in the end. */
const LONG = 8 * 1024 * 1024;

/** So many times as large is the next place of a body whose length nobody said: a thread gets it without a copy. */
const GROWTH = 4;

/** What an answer may be, and where it is put. */
interface BodyLimits {
  readonly operation: string;
  /** In bytes, packed or not. */
  readonly maximum: number;
  /** Gives the place for bytes that are not packed, which are put there while there is room. */
  readonly room?: (() => Buffer | undefined) | undefined;
  /** Whoever gave up wants nothing unpacked any more. */
  readonly signal: AbortSignal;
}

/** Reads the body of an answer, unpacked; one that is larger than it may be is an error. */
export async function readResponseBody(response: Dispatcher.ResponseData, limits: BodyLimits): Promise<Buffer> {
  const { body, headers } = response;
  const encoding = headers['content-encoding'];
  // What is packed is unpacked into another place.
  const room = encoding === undefined ? limits.room?.() : undefined;
  const place = { ...limits, room, declared: Number(headers['content-length']) || 0 };
  return unpack(await joined(body, place), encoding, limits);
}

/** Where a body is put: `room` while there is room, else, once it is long, a place of `declared` bytes (0: unknown). */
interface BodyPlace extends Pick<BodyLimits, 'operation' | 'maximum'> {
  readonly room: Buffer | undefined;
  readonly declared: number;
}

async function joined(body: Readable, place: BodyPlace): Promise<Buffer> {
  const short: Buffer[] = [];
  let bytes = place.room;
  let size = 0;
  await eachChunk(body, (chunk) => {
    const end = checked(size + chunk.length, place);
    if (bytes === undefined && end <= LONG) short.push(chunk);
    else {
      bytes ??= Buffer.concat(short.splice(0), size);
      // Memory that is not written to is not taken. To put a long body together in the end would take it twice.
      if (end > bytes.length) bytes = larger(bytes.subarray(0, size), roomFor(end, bytes.length, place));
      bytes.set(chunk, size);
    }
    size = end;
  });
  if (bytes !== undefined) return bytes.subarray(0, size);
  const [only] = short;
  return only !== undefined && short.length === 1 ? only : Buffer.concat(short, size);
}

/** An iterator over the body would put chunks together before it gives them: one more copy of all bytes. */
async function eachChunk(body: Readable, take: (chunk: Buffer) => void): Promise<void> {
  body.on('data', (chunk: Buffer) => {
    try {
      take(chunk);
    } catch (error) {
      body.destroy(toSyncError(error, 'the body of an answer'));
    }
  });
  await finished(body);
}

function roomFor(end: number, before: number, { declared, maximum }: BodyPlace): number {
  return Math.max(end, Math.min(declared || GROWTH * before, maximum));
}

function larger(bytes: Buffer, length: number): Buffer {
  const room = Buffer.allocUnsafeSlow(length);
  bytes.copy(room);
  return room;
}

function checked(size: number, { operation, maximum }: Pick<BodyLimits, 'operation' | 'maximum'>): number {
  if (size > maximum) throw malformed(operation, `it is larger than ${maximum} bytes`);
  return size;
}

async function unpack(body: Buffer, encoding: string | string[] | undefined, limits: BodyLimits): Promise<Buffer> {
  const name = String(encoding ?? 'identity')
    .trim()
    .toLowerCase();
  if (name === 'identity' || name === '' || body.length === 0) return body;
  if (name !== 'gzip' && name !== 'x-gzip') throw malformed(limits.operation, `its encoding ${name} was not requested`);
  try {
    const options = { maxOutputLength: limits.maximum, chunkSize: chunkFor(body) };
    if (body.length < SHORT) return gunzipSync(body, options);
    return await unpacking.take(async () => {
      limits.signal.throwIfAborted();
      return gunzipElsewhere(body, options);
    });
  } catch (caught) {
    throw malformed(limits.operation, `it cannot be unpacked: ${reasonOf(caught)}`);
  }
}

/** A gzip body ends with its unpacked size; a wrong one only costs speed. */
function chunkFor(body: Buffer): number {
  const declared = body.length >= 4 ? body.readUInt32LE(body.length - 4) : 0;
  return Math.min(LARGEST_CHUNK, Math.max(16 * 1024, declared + 64));
}
