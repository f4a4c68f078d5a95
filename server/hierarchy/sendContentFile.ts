import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServedCatalogue } from './ServedCatalogue.js';

/** The SHA-1 that a content path names, `/Content/<last two digits>/<40 hex>.<extension>` in any letter case; undefined for other paths. */
export function contentFileOf(url: string): string | undefined {
  return /^\/+content\/+[0-9a-f]{2}\/+([0-9a-f]{40})\.\w+$/i.exec(url.split('?')[0] ?? '')?.[1]?.toLowerCase();
}

/** Sends a content file whole (wsus-protocol section 1.9); 404 where the catalogue has none, 405 for other methods than GET and HEAD. */
export async function sendContentFile(request: IncomingMessage, response: ServerResponse, wanted: { sha1: string; catalogue: ServedCatalogue }): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { 'content-length': 0, connection: 'close', allow: 'GET, HEAD' }).end();
    return;
  }
  const file = await wanted.catalogue.contentFile?.(wanted.sha1);
  if (file === undefined) response.writeHead(404, { 'content-length': 0 }).end();
  else response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.length }).end(request.method === 'HEAD' ? undefined : file);
}
