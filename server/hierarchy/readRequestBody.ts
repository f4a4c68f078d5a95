import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const inflate = promisify(gunzip);

/** The body of a request, unpacked, or the HTTP status to refuse it with. */
export async function readRequestBody(request: IncomingMessage, maximum: number): Promise<Buffer | number> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') return 415;
  const body = await collect(request, maximum);
  if (typeof body === 'number' || encoding === 'identity') return body;
  try {
    return await inflate(body, { maxOutputLength: maximum });
  } catch {
    return 400;
  }
}

async function collect(request: IncomingMessage, maximum: number): Promise<Buffer | number> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maximum) return 413;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
