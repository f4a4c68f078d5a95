import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SyncError } from '../errors/SyncError.js';
import { MarkupMeter } from './MarkupMeter.js';
import type { RequestWork } from './port/RequestWork.js';

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
