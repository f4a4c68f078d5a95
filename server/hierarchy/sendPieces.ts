import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

const pack = promisify(gzip);

/** Below this a packed answer saves nothing. */
const SMALLEST_PACKED = 1400;

/** zlib's own 16 KB would cost a hundred rounds through its pool for one answer. */
const PACKED_CHUNK = 256 * 1024;

/** One HTTP answer to send. */
export interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly pieces: readonly Uint8Array[];
  /** False for what is compressed already. */
  readonly packable: boolean;
}

/** Sends the pieces of an answer with their total length, packed where the client accepts it and it pays. */
export async function sendPieces(request: IncomingMessage, response: ServerResponse, reply: HttpReply): Promise<void> {
  const length = reply.pieces.reduce((sum, piece) => sum + piece.length, 0);
  const headers = { 'content-type': reply.contentType, 'cache-control': 'private' };
  if (!reply.packable || length < SMALLEST_PACKED || !acceptsGzip(request)) {
    response.writeHead(reply.status, { ...headers, 'content-length': length });
    writeAll(response, reply.pieces);
    return;
  }
  const packed = await pack(Buffer.concat(reply.pieces, length), {
    level: constants.Z_BEST_SPEED,
    chunkSize: PACKED_CHUNK,
  });
  response.writeHead(reply.status, { ...headers, 'content-encoding': 'gzip', 'content-length': packed.length });
  response.end(packed);
}

function writeAll(response: ServerResponse, pieces: readonly Uint8Array[]): void {
  response.cork();
  for (const piece of pieces) response.write(piece);
  response.end();
  response.uncork();
}

function acceptsGzip(request: IncomingMessage): boolean {
  const header = request.headers['accept-encoding'];
  return /(^|,)\s*gzip\s*(;\s*q\s*=\s*(1|0?\.0*[1-9]))?\s*[\d.]*(,|$)/i.test(header ?? '');
}
