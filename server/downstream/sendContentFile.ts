import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UpstreamServerOptions } from './UpstreamServerOptions.js';

/**
 * The SHA-1 that a content path names, `/Content/<last two digits>/<40 hex>.<extension>` in any letter case; undefined
 * for other paths.
 */
export function contentFileOf(url: string): string | undefined {
  return /^\/+content\/+[0-9a-f]{2}\/+([0-9a-f]{40})\.\w+$/i.exec(url.split('?')[0] ?? '')?.[1]?.toLowerCase();
}

/** A content file that is asked for, and how the server is set. */
interface WantedContent {
  readonly sha1: string;
  readonly options: Pick<UpstreamServerOptions, 'catalogue' | 'redirectsContent'>;
}

/**
 * Sends a content file whole (wsus-protocol section 1.9) or, where the server is set so, the way to it; 404 where there
 * is none, 405 for other methods than GET and HEAD.
 */
export async function sendContentFile(
  request: IncomingMessage,
  response: ServerResponse,
  { sha1, options }: WantedContent,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { 'content-length': 0, connection: 'close', allow: 'GET, HEAD' }).end();
    return;
  }
  const file = await options.catalogue.contentFile?.(sha1);
  const address =
    file === undefined && options.redirectsContent === true
      ? await options.catalogue.contentAddress?.(sha1)
      : undefined;
  if (file !== undefined)
    response
      .writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.length })
      .end(request.method === 'HEAD' ? undefined : file);
  else if (address !== undefined && address !== '')
    response.writeHead(302, { location: address, 'content-length': 0 }).end();
  else response.writeHead(404, { 'content-length': 0 }).end();
}
