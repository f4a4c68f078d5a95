import { MATCH, MatchFinder, type Token } from './MatchFinder.js';
import { LzxBits, prefixCode, type PrefixCode, writeLengths } from './codes.js';

/** Offsets of matches as LZX numbers them: a slot, and bits that choose within it (MS-PATCH 2.6). */

/** Slots of a window of two megabytes. */
const POSITION_SLOTS = 50;

/** The first three slots stand for the last three offsets; others begin behind them. */
const SHIFT = 2;
/** From here on slots are equally wide. */
const FIRST_WIDE = 36;
const WIDE_BITS = 17;

/** The slot of an offset of at least 1. */
function slotOf(offset: number): number {
  const position = offset + SHIFT;
  if (position < 4) return position;
  const high = 31 - Math.clz32(position);
  const slot = 2 * high + ((position >> (high - 1)) & 1);
  return slot < FIRST_WIDE ? slot : FIRST_WIDE - 2 + (position >> WIDE_BITS);
}

/** How many bits choose within a slot. */
function extraBits(slot: number): number {
  return slot < 4 ? 0 : Math.min(WIDE_BITS, (slot >> 1) - 1);
}

/** What of an offset the bits within its slot say. */
function withinSlot(offset: number, slot: number): number {
  return (offset + SHIFT) & ((1 << extraBits(slot)) - 1);
}

const LITERALS = 256;
const MAIN_SYMBOLS = LITERALS + POSITION_SLOTS * 8;
const LENGTH_SYMBOLS = 249;
const LONGEST_WORD = 16;
const VERBATIM = 1;
/** A match of this length or more has a symbol for the rest of it. */
const LONG = 9;
/** What a part takes at most: its bytes as literals, and the codes. */
const OVERHEAD = 4096;

/** Compresses with LZX for a cabinet with a window of two megabytes (MS-PATCH): each part is one verbatim block. */
export class LzxCompressor {
  readonly #finder: MatchFinder;
  #main: Uint8Array = new Uint8Array(MAIN_SYMBOLS);
  #lengths: Uint8Array = new Uint8Array(LENGTH_SYMBOLS);

  constructor(text: Uint8Array) {
    this.#finder = new MatchFinder(text);
  }

  /** The part from `from` up to `to`; the parts are asked for in their order. */
  part(from: number, to: number): Buffer {
    const tokens = this.#finder.tokens(from, to);
    const { main, lengths } = codesFor(tokens);
    const bits = new LzxBits((to - from) * 2 + OVERHEAD);
    // Calls of machine code are left as they are.
    if (from === 0) bits.write(0, 1);
    bits.write(VERBATIM, 3);
    bits.write(to - from, 24);
    this.#tellCodes(bits, main.lengths, lengths.lengths);
    for (const token of tokens) writeToken(bits, token, { main, lengths });
    return bits.end();
  }

  #tellCodes(bits: LzxBits, main: Uint8Array, lengths: Uint8Array): void {
    writeLengths(bits, main.subarray(0, LITERALS), this.#main.subarray(0, LITERALS));
    writeLengths(bits, main.subarray(LITERALS), this.#main.subarray(LITERALS));
    writeLengths(bits, lengths, this.#lengths);
    this.#main = main;
    this.#lengths = lengths;
  }
}

interface Codes {
  readonly main: PrefixCode;
  readonly lengths: PrefixCode;
}

function codesFor(tokens: readonly Token[]): Codes {
  const main = new Uint32Array(MAIN_SYMBOLS);
  const lengths = new Uint32Array(LENGTH_SYMBOLS);
  for (const token of tokens) {
    const symbol = mainSymbol(token);
    main[symbol] = (main[symbol] ?? 0) + 1;
    const rest = restOf(token);
    if (rest >= 0) lengths[rest] = (lengths[rest] ?? 0) + 1;
  }
  return { main: prefixCode(main, LONGEST_WORD), lengths: prefixCode(lengths, LONGEST_WORD) };
}

function writeToken(bits: LzxBits, token: Token, { main, lengths }: Codes): void {
  const symbol = mainSymbol(token);
  bits.write(main.words[symbol] ?? 0, main.lengths[symbol] ?? 0);
  if (token < MATCH) return;
  const rest = restOf(token);
  if (rest >= 0) bits.write(lengths.words[rest] ?? 0, lengths.lengths[rest] ?? 0);
  const offset = Math.floor(token / MATCH);
  const slot = slotOf(offset);
  bits.write(withinSlot(offset, slot), extraBits(slot));
}

function mainSymbol(token: Token): number {
  if (token < MATCH) return token;
  return LITERALS + slotOf(Math.floor(token / MATCH)) * 8 + Math.min(token % MATCH, LONG) - 2;
}

/** Number of the symbol for the rest of a long match, else -1. */
function restOf(token: Token): number {
  return token < MATCH ? -1 : Math.max(-1, (token % MATCH) - LONG);
}
