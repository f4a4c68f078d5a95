import { unescapeQuickly } from './QuickScanner.js';
import { referencedBy } from './characters.js';
import { malformed } from './malformed.js';

const AMPERSAND = 0x26;
const LETTER_A = 0x61;
const LETTER_M = 0x6d;
const LETTER_P = 0x70;
const LETTER_L = 0x6c;
const LETTER_G = 0x67;
const LETTER_T = 0x74;
const SEMICOLON = 0x3b;
const LESS = 0x3c;
const GREATER = 0x3e;

/** Where reading and writing stand. */
interface CopyState {
  from: number;
  to: number;
  readonly end: number;
}

/**
 * Copies text up to `state.end` and turns `&lt;`, `&gt;` and `&amp;` back on the way; stops at any other reference. The
 * hottest loop of
 * the client: a function over local variables runs three times faster here than a method over fields.
 */
function copyPlain(source: Uint8Array, target: Uint8Array, state: CopyState): void {
  const { end } = state;
  let { from, to } = state;
  for (;;) {
    let byte: number | undefined;
    while (from < end && (byte = source[from] as number) !== AMPERSAND) {
      target[to++] = byte;
      from++;
    }
    if (from >= end) break;
    const entity = entityAt(source, from);
    if (entity === 0) break;
    target[to++] = entity;
    from += entity === AMPERSAND ? 5 : 4;
  }
  state.from = from;
  state.to = to;
}

/** The character of `&lt;`, `&gt;` or `&amp;` at this place, 0 for anything else. */
function entityAt(source: Uint8Array, at: number): number {
  const letter = source[at + 1];
  if (letter === LETTER_A)
    return source[at + 2] === LETTER_M && source[at + 3] === LETTER_P && source[at + 4] === SEMICOLON ? AMPERSAND : 0;
  if (source[at + 2] !== LETTER_T || source[at + 3] !== SEMICOLON) return 0;
  if (letter === LETTER_L) return LESS;
  return letter === LETTER_G ? GREATER : 0;
}

const LONGEST_REFERENCE = 12;
/** Bytes below which the way into the other memory and back costs more than it saves. */
const SHORT = 512;

/** Documents of one message lie together: ten thousand arrays of their own keep the garbage collector busy. */
const SLAB = 256 * 1024;
const SMALLEST_IN_SLAB = 4 * 1024;
const LARGEST_IN_SLAB = 64 * 1024;

/**
 * Takes escaped text apart at byte level; the scratch space is kept between texts. Line ends stay as they came:
 * documents are kept byte for byte.
 */
export class Unescaper {
  #scratch = Buffer.alloc(0);
  #slab = Buffer.alloc(0);

  /** The decoded bytes of `bytes[start, end)`. */
  decode(bytes: Buffer, start: number, end: number): Uint8Array {
    const first = bytes.subarray(start, end).indexOf(AMPERSAND);
    if (first < 0) return this.#copy(bytes.subarray(start, end));
    const quick = end - start < SHORT ? undefined : unescapeQuickly(bytes.subarray(start, end));
    if (quick !== undefined) return this.#copy(quick);
    if (this.#scratch.length < end - start) this.#scratch = Buffer.allocUnsafe(end - start);
    const state: CopyState = { from: start, to: 0, end };
    copyPlain(bytes, this.#scratch, state);
    while (state.from < end) {
      this.#reference(bytes, state);
      copyPlain(bytes, this.#scratch, state);
    }
    return this.#copy(this.#scratch.subarray(0, state.to));
  }

  #copy(bytes: Uint8Array): Uint8Array {
    const copy = this.#room(bytes.length);
    copy.set(bytes);
    return copy;
  }

  #room(length: number): Buffer {
    if (length < SMALLEST_IN_SLAB || length > LARGEST_IN_SLAB) return Buffer.allocUnsafe(length);
    if (this.#slab.length < length) this.#slab = Buffer.allocUnsafeSlow(SLAB);
    const room = this.#slab.subarray(0, length);
    this.#slab = this.#slab.subarray(length);
    return room;
  }

  #reference(bytes: Buffer, state: CopyState): void {
    const limit = Math.min(state.end, state.from + LONGEST_REFERENCE);
    let stop = state.from + 1;
    while (stop < limit && bytes[stop] !== SEMICOLON) stop++;
    if (stop >= limit) throw malformed('text', 'it has an unescaped ampersand');
    const name = bytes.toString('latin1', state.from + 1, stop);
    const character = referencedBy(name);
    if (character === undefined) throw malformed('text', `&${name}; is not a character in XML`);
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) this.#scratch[state.to++] = code;
    else state.to += this.#scratch.write(character, state.to, 'utf8');
    state.from = stop + 1;
  }
}

const RETURN = 0x0d;
const LESS_ENTITY = Uint8Array.from(Buffer.from('&lt;'));
const GREATER_ENTITY = Uint8Array.from(Buffer.from('&gt;'));
const AMPERSAND_ENTITY = Uint8Array.from(Buffer.from('&amp;'));
const RETURN_REFERENCE = Uint8Array.from(Buffer.from('&#xD;'));
/** Up to so many bytes are written at a place that is used again and again: an entity has five bytes at most. */
export const ESCAPED_AT_ONCE = 64 * 1024;
const scratch = new Uint8Array(5 * ESCAPED_AT_ONCE);

/**
 * A document as the content of XmlUpdateBlob: `<`, `>` and `&` as entities, as Windows writes them, and a carriage
 * return as a reference, because every reader of XML makes a line feed of one that is not. Nothing else is touched.
 */
export function escapeBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.length > ESCAPED_AT_ONCE) {
    const out = Buffer.allocUnsafeSlow(escapedLength(bytes));
    escapeInto(bytes, out);
    return out;
  }
  // Counting first what it will be costs as much as writing it.
  return Buffer.from(scratch.subarray(0, escapeInto(bytes, scratch)));
}

/** Gives how many bytes were written. */
function escapeInto(bytes: Uint8Array, out: Uint8Array): number {
  let to = 0;
  for (let from = 0; from < bytes.length; from++) {
    const byte = bytes[from] as number;
    if (byte > GREATER || (byte !== LESS && byte !== GREATER && byte !== AMPERSAND && byte !== RETURN)) {
      out[to++] = byte;
    } else {
      const entity = entityOf(byte);
      for (let index = 0; index < entity.length; index++) out[to++] = entity[index] as number;
    }
  }
  return to;
}

/** How many bytes `escapeBytes` makes. */
export function escapedLength(bytes: Uint8Array): number {
  let length = bytes.length;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte === LESS || byte === GREATER) length += 3;
    else if (byte === AMPERSAND || byte === RETURN) length += 4;
  }
  return length;
}

function entityOf(byte: number): Uint8Array {
  if (byte === LESS) return LESS_ENTITY;
  if (byte === GREATER) return GREATER_ENTITY;
  return byte === AMPERSAND ? AMPERSAND_ENTITY : RETURN_REFERENCE;
}
