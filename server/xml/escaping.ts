import type { Steps } from '../platform/inTurns.js';
import { Slab } from '../platform/Slab.js';
import { countEscaped, escapeQuickly, unescapeQuickly } from './assembly/quickText.js';
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
/** Bytes that are decoded in one step. */
const PIECE = 512 * 1024;
/** Bytes below which the way into the other memory and back costs more than it saves. */
const SHORT = 512;

/**
 * Takes escaped text apart at byte level; the scratch space is kept between texts. Line ends stay as they came:
 * documents are kept byte for byte.
 */
export class Unescaper {
  #scratch = Buffer.alloc(0);
  readonly #slab: Slab;

  /** `room`: where texts are put as far as it goes. */
  constructor(room?: Buffer) {
    this.#slab = new Slab(room);
  }

  /** The decoded bytes of `bytes[start, end)`. */
  decode(bytes: Buffer, start: number, end: number): Uint8Array {
    return this.#slab.copy(this.#decoded(bytes, start, end));
  }

  /** The same in steps. A long text is decoded where it stands, which takes no further room. */
  *decodeInSteps(bytes: Buffer, start: number, end: number): Steps<Uint8Array> {
    if (end - start <= PIECE) return this.decode(bytes, start, end);
    let to = start;
    for (let from = start, next = from; from < end; from = next) {
      next = pieceEnd(bytes, from, end);
      const piece = this.#decoded(bytes, from, next);
      bytes.set(piece, to);
      to += piece.length;
      yield;
    }
    return bytes.subarray(start, to);
  }

  /** The decoded bytes until the next call. */
  #decoded(bytes: Buffer, start: number, end: number): Uint8Array {
    const text = bytes.subarray(start, end);
    if (!text.includes(AMPERSAND)) return text;
    const quick = end - start < SHORT ? undefined : unescapeQuickly(text);
    if (quick !== undefined) return quick;
    if (this.#scratch.length < end - start) this.#scratch = Buffer.allocUnsafe(end - start);
    const state: CopyState = { from: start, to: 0, end };
    copyPlain(bytes, this.#scratch, state);
    while (state.from < end) {
      this.#reference(bytes, state);
      copyPlain(bytes, this.#scratch, state);
    }
    return this.#scratch.subarray(0, state.to);
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

/** Where a piece from `from` on ends: not within a reference. */
function pieceEnd(bytes: Buffer, from: number, end: number): number {
  const at = from + PIECE;
  if (at >= end) return end;
  const reference = bytes.subarray(at - LONGEST_REFERENCE, at).lastIndexOf(AMPERSAND);
  return reference < 0 ? at : at - LONGEST_REFERENCE + reference;
}

/** Up to so many bytes are escaped at once. */
export const ESCAPED_AT_ONCE = 64 * 1024;

const slab = new Slab();

/**
 * A document as the content of XmlUpdateBlob: `<`, `>` and `&` as entities, as Windows writes them, and a carriage
 * return as a reference, because every reader of XML makes a line feed of one that is not. Nothing else is touched.
 */
export function escapeBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= ESCAPED_AT_ONCE) return slab.copy(escapeQuickly(bytes));
  const out = Buffer.allocUnsafeSlow(escapedLength(bytes));
  for (let from = 0, to = 0; from < bytes.length; from += ESCAPED_AT_ONCE) {
    const part = escapeQuickly(bytes.subarray(from, from + ESCAPED_AT_ONCE));
    out.set(part, to);
    to += part.length;
  }
  return out;
}

/** How many bytes `escapeBytes` makes. */
export function escapedLength(bytes: Uint8Array): number {
  let length = 0;
  for (let from = 0; from < bytes.length; from += ESCAPED_AT_ONCE)
    length += countEscaped(bytes.subarray(from, from + ESCAPED_AT_ONCE));
  return length;
}

/** Escapes up to `ESCAPED_AT_ONCE` bytes; what it gives stays until the next call of anything here. */
export function escapePart(bytes: Uint8Array): Uint8Array {
  return escapeQuickly(bytes);
}
