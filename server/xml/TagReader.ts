import { malformed } from './malformed.js';

const COLON = 0x3a;
const SLASH = 0x2f;
const GREATER = 0x3e;
const LESS = 0x3c;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;

/** Reads start tags; its fields say where the parts of the last one lie. */
export class TagReader {
  readonly #bytes: Buffer;
  readonly #what: string;
  nameStart = 0;
  localStart = 0;
  nameEnd = 0;
  /** Behind the closing bracket. */
  end = 0;
  /** `<name/>` */
  empty = false;

  constructor(bytes: Buffer, what: string) {
    this.#bytes = bytes;
    this.#what = what;
  }

  /** Reads the start tag whose name begins at `start`. */
  read(start: number): void {
    const bytes = this.#bytes;
    this.nameStart = start;
    this.nameEnd = this.#endOfName(start);
    if (this.nameEnd === this.localStart) throw malformed(this.#what, `a tag has no name at byte ${start}`);
    this.end = bytes[this.nameEnd] === GREATER ? this.nameEnd + 1 : this.#endOfTag(this.nameEnd);
    this.empty = bytes[this.end - 2] === SLASH;
  }

  #endOfName(start: number): number {
    const bytes = this.#bytes;
    this.localStart = start;
    for (let index = start; index < bytes.length; index++) {
      const byte = bytes[index] as number;
      if (byte <= 0x20 || byte === GREATER || byte === SLASH) return index;
      if (byte === COLON) this.localStart = index + 1;
      if (byte === LESS || byte === QUOTE || byte === APOSTROPHE)
        throw malformed(this.#what, `a tag is damaged at byte ${start}`);
    }
    throw malformed(this.#what, 'it ends inside a tag');
  }

  /** The position behind the bracket that ends the tag, quotes respected. */
  #endOfTag(from: number): number {
    let quote = 0;
    for (let index = from; index < this.#bytes.length; index++) {
      const byte = this.#bytes[index] as number;
      if (byte === LESS) break;
      if (quote !== 0) quote = byte === quote ? 0 : quote;
      else if (byte === GREATER) return index + 1;
      else if (byte === QUOTE || byte === APOSTROPHE) quote = byte;
    }
    throw malformed(this.#what, `a tag does not end at byte ${from}`);
  }
}

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
