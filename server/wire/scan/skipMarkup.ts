import { malformed } from '../malformed.js';

const COMMENT = Buffer.from('<!--');
const CDATA = Buffer.from('<![CDATA[');

/**
 * The position behind the comment, CDATA section or instruction at `at`; -1 when a tag stands there. DOCTYPE is
 * refused.
 */
export function skipMarkup(bytes: Buffer, at: number, what: string): number {
  const next = bytes[at + 1];
  if (next !== 0x3f && next !== 0x21) return -1;
  const after = behindMarkup(bytes, at);
  if (after < 0) throw malformed(what, 'it holds a DOCTYPE, or ends inside a comment, section or instruction');
  return after;
}

function behindMarkup(bytes: Buffer, at: number): number {
  if (bytes[at + 1] === 0x3f) return behind(bytes, '?>', at + 2);
  if (startsWith(bytes, COMMENT, at)) return behind(bytes, '-->', at + COMMENT.length);
  return startsWith(bytes, CDATA, at) ? behind(bytes, ']]>', at + CDATA.length) : -1;
}

function startsWith(bytes: Buffer, start: Buffer, at: number): boolean {
  return bytes.length >= at + start.length && bytes.compare(start, 0, start.length, at, at + start.length) === 0;
}

function behind(bytes: Buffer, mark: string, from: number): number {
  const at = bytes.indexOf(mark, from, 'latin1');
  return at < 0 ? -1 : at + mark.length;
}
