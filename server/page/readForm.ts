import type { IncomingMessage } from 'node:http';

const LONGEST = 4096;

/** The fields of a form; undefined for a body that is none, too long, or not whole. What is too long is not read on. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) return undefined;
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > LONGEST) return undefined;
      pieces.push(piece);
    }
  } catch {
    // A reader who leaves in the middle is not a failure of the site.
    return undefined;
  }
  return new URLSearchParams(Buffer.concat(pieces).toString('utf8'));
}
