import { gunzipSync } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { reasonOf } from '../errors/SyncError.js';
import { malformed } from '../xml/malformed.js';

/** Unpacking in one piece of this size at most: zlib's own default of 16 KB costs a hundred rounds for one answer. */
const LARGEST_CHUNK = 16 * 1024 * 1024;

/** Reads the body of an answer, unpacked; more than `maximum` bytes, packed or not, is an error. */
export async function readResponseBody(
  response: Dispatcher.ResponseData,
  operation: string,
  maximum: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maximum) throw malformed(operation, `it is larger than ${maximum} bytes`);
    chunks.push(chunk);
  }
  const [only] = chunks;
  const body = only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks, size);
  return unpack(body, response.headers['content-encoding'], { operation, maximum });
}

function unpack(
  body: Buffer,
  encoding: string | string[] | undefined,
  limits: { operation: string; maximum: number },
): Buffer {
  const name = String(encoding ?? 'identity')
    .trim()
    .toLowerCase();
  if (name === 'identity' || name === '' || body.length === 0) return body;
  if (name !== 'gzip' && name !== 'x-gzip') throw malformed(limits.operation, `its encoding ${name} was not requested`);
  try {
    return gunzipSync(body, { maxOutputLength: limits.maximum, chunkSize: chunkFor(body) });
  } catch (caught) {
    throw malformed(limits.operation, `it cannot be unpacked: ${reasonOf(caught)}`);
  }
}

/** A gzip body ends with its unpacked size; a wrong one only costs speed. */
function chunkFor(body: Buffer): number {
  const declared = body.length >= 4 ? body.readUInt32LE(body.length - 4) : 0;
  return Math.min(LARGEST_CHUNK, Math.max(16 * 1024, declared + 64));
}
