import { isUtf8 } from 'node:buffer';
import type { Steps } from '../platform/inTurns.js';
import { skipMarkup, TagReader } from './TagReader.js';
import { Unescaper } from './escaping.js';
import { decodeEntities } from './characters.js';
import { malformed } from './malformed.js';
import { sameName } from './names.js';
import type { NameBytes } from './names.js';

/** Below this distance a loop is faster than the call into native code. */
const NEAR = 48;

/** The position of a byte at or after `from`, -1 where there is none. */
function findByte(bytes: Buffer, byte: number, from: number): number {
  const near = Math.min(bytes.length, from + NEAR);
  for (let index = from; index < near; index++) {
    if (bytes[index] === byte) return index;
  }
  return near >= bytes.length ? -1 : bytes.indexOf(byte, near);
}

const SLASH = 0x2f;
const MAXIMUM_DEPTH = 64;

/**
 * A pull reader over the bytes of a big message: walks elements by local name (any prefix, attributes and white space),
 * checks that tags match and that nothing is cut off, and gives texts as bytes. It never makes a string of the message.
 */
export class XmlCursor {
  readonly #what: string;
  /** Number of elements open around the cursor, the current one included. */
  depth = 0;
  readonly #bytes: Buffer;
  readonly #open: number[] = [];
  readonly #unescaper: Unescaper;
  readonly #tag: TagReader;
  #position: number;
  #pendingClose = false;
  #ended = false;
  #rooted = false;

  /** Texts are put into `room` as far as it goes. */
  constructor(bytes: Uint8Array, what: string, room?: Buffer) {
    this.#what = what;
    this.#unescaper = new Unescaper(room);
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#tag = new TagReader(this.#bytes, what);
    if (!isUtf8(this.#bytes)) throw malformed(what, 'it is not UTF-8');
    this.#position = this.#bytes[0] === 0xef && this.#bytes[1] === 0xbb && this.#bytes[2] === 0xbf ? 3 : 0;
  }

  /**
   * Moves to the next child of the element at this depth; false when that element is closed (depth 0: the message
   * ended).
   */
  nextChild(parentDepth: number): boolean {
    while (!this.#ended) {
      if (this.#next()) {
        if (this.depth === parentDepth + 1) return true;
      } else if (this.depth < parentDepth) return false;
    }
    return false;
  }

  /** Walks to the end of the message: whatever is cut off or follows the root element is an error. */
  expectEnd(): void {
    while (!this.#ended) this.#next();
  }

  /** Tells whether the current element has this local name. */
  is(name: NameBytes): boolean {
    return sameName(this.#bytes, [this.#tag.localStart, this.#tag.nameEnd], name);
  }

  /** The local name of the current element. */
  name(): string {
    return this.#bytes.toString('latin1', this.#tag.localStart, this.#tag.nameEnd);
  }

  /** The whole start tag of the current element, for the few places where attributes matter. */
  startTag(): string {
    return this.#bytes.toString('utf8', this.#tag.nameStart, Math.min(this.#tag.end, this.#tag.nameStart + 8192));
  }

  /** Passes over the current element with all it holds. */
  skip(): void {
    const depth = this.depth;
    while (this.depth >= depth) this.#next();
  }

  /** The decoded text of the current element as fresh bytes, the cursor behind it. An element inside is an error. */
  textBytes(): Uint8Array {
    const start = this.#position;
    if (this.#pendingClose) return this.#close(new Uint8Array(0));
    const end = this.#lessThan();
    if (this.#bytes[end + 1] !== SLASH) return this.#mixedText();
    return this.#close(this.#unescaper.decode(this.#bytes, start, end));
  }

  /**
   * The same in steps, for the text of a whole document: a long one is decoded where it stands, so the message cannot
   * be read again.
   */
  *documentBytes(): Steps<Uint8Array> {
    const start = this.#position;
    const end = this.#lessThan();
    if (this.#pendingClose || this.#bytes[end + 1] !== SLASH) return this.textBytes();
    const text = yield* this.#unescaper.decodeInSteps(this.#bytes, start, end);
    this.#position = end;
    return this.#close(text);
  }

  /** The decoded text of the current element. */
  text(): string {
    const bytes = this.textBytes();
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  }

  /** The text of the current element where no reference can be in it: numbers, GUIDs, base64. */
  plainText(): string {
    const start = this.#position;
    if (this.#pendingClose) return this.#close('');
    const end = this.#lessThan();
    if (this.#bytes[end + 1] !== SLASH) return this.text();
    return this.#close(this.#bytes.toString('latin1', start, end).trim());
  }

  /** True: an element was opened. False: one was closed, or the message ended (depth 0). */
  #next(): boolean {
    if (this.#pendingClose) return this.#pop();
    for (;;) {
      const at = findByte(this.#bytes, 0x3c, this.#position);
      if (this.depth === 0) this.#checkOutside(at < 0 ? this.#bytes.length : at);
      if (at < 0) return this.#finish();
      const after = skipMarkup(this.#bytes, at, this.#what);
      if (after < 0) return this.#bytes[at + 1] === SLASH ? this.#endTag(at) : this.#openTag(at);
      this.#position = after;
    }
  }

  #finish(): false {
    if (this.depth > 0) throw malformed(this.#what, `it ends inside an element after ${this.#bytes.length} bytes`);
    this.#ended = true;
    return false;
  }

  #openTag(at: number): true {
    this.#tag.read(at + 1);
    if (this.depth === 0 && this.#rooted) throw malformed(this.#what, 'it has two root elements');
    this.#rooted = true;
    if (this.depth >= MAXIMUM_DEPTH) throw malformed(this.#what, 'its elements are nested too deep');
    this.#open.push(this.#tag.nameStart, this.#tag.nameEnd);
    this.depth++;
    this.#pendingClose = this.#tag.empty;
    this.#position = this.#tag.end;
    return true;
  }

  #endTag(at: number): false {
    const bytes = this.#bytes;
    const end = findByte(bytes, 0x3e, at);
    if (end < 0) throw malformed(this.#what, 'it ends inside a tag');
    const from = this.#open[this.#open.length - 2] ?? 0;
    const to = this.#open[this.#open.length - 1] ?? 0;
    if (this.depth === 0 || !isEndOf(bytes, [from, to], [at + 2, end]))
      throw malformed(this.#what, `an end tag does not match its start at byte ${at}`);
    this.#position = end + 1;
    return this.#pop();
  }

  #pop(): false {
    this.#pendingClose = false;
    this.#open.length -= 2;
    this.depth--;
    return false;
  }

  #close<Value>(value: Value): Value {
    if (this.#next()) throw malformed(this.#what, 'it has an element where only text is allowed');
    return value;
  }

  #lessThan(): number {
    const at = findByte(this.#bytes, 0x3c, this.#position);
    return at < 0 ? this.#bytes.length : at;
  }

  /** Text with comments, instructions or CDATA sections in it. */
  #mixedText(): Uint8Array {
    const parts: Uint8Array[] = [];
    for (;;) {
      const at = this.#lessThan();
      if (at > this.#position) parts.push(this.#unescaper.decode(this.#bytes, this.#position, at));
      this.#position = at;
      const after = skipMarkup(this.#bytes, at, this.#what);
      if (after < 0) return this.#close(exactly(parts));
      if (this.#bytes[at + 2] === 0x5b) parts.push(this.#bytes.subarray(at + 9, after - 3));
      this.#position = after;
    }
  }

  #checkOutside(end: number): void {
    for (let index = this.#position; index < end; index++) {
      if ((this.#bytes[index] as number) > 0x20) throw malformed(this.#what, 'it has text outside its root element');
    }
  }
}

/** Tells whether the bytes of the second range are the name of the first, white space after it allowed. */
function isEndOf(bytes: Buffer, name: readonly [number, number], tag: readonly [number, number]): boolean {
  const length = name[1] - name[0];
  for (let index = 0; index < length; index++) {
    if (bytes[tag[0] + index] !== bytes[name[0] + index]) return false;
  }
  const rest = tag[0] + length;
  return rest === tag[1] || (rest < tag[1] && bytes.toString('latin1', rest, tag[1]).trim() === '');
}

function exactly(parts: readonly Uint8Array[]): Uint8Array {
  const whole = Buffer.allocUnsafeSlow(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

const DECLARATION = /\sxmlns(?::([^\s=]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The namespace of the last of some start tags, each inside the one before it; '' where it has none. */
export function namespaceOfTag(startTags: readonly string[]): string {
  const prefix = /^([^\s:>/]+):/.exec(startTags.at(-1) ?? '')?.[1] ?? '';
  for (const startTag of [...startTags].reverse()) {
    for (const [, declared = '', double, single] of startTag.matchAll(DECLARATION))
      if (declared === prefix) return decodeEntities(double ?? single ?? '');
  }
  return '';
}
