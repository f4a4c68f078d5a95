import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { MarkupMeter } from './MarkupMeter.js';

/** The body of a request, unpacked, or the HTTP status to refuse it with. */
export async function readRequestBody(request: IncomingMessage, maximum: number): Promise<Buffer | number> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') return 415;
  if (Number(request.headers['content-length'] ?? 0) > maximum) return 413;
  const unpacked = request.pipe(encoding === 'gzip' ? createGunzip() : new PassThrough());
  request.once('error', (error) => unpacked.destroy(error));
  try {
    return await collect(unpacked, maximum);
  } catch {
    return 400; // not packed as it says, or cut off
  }
}

async function collect(body: Readable, maximum: number): Promise<Buffer | number> {
  const meter = new MarkupMeter();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maximum || !meter.takes(chunk)) return 413;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
