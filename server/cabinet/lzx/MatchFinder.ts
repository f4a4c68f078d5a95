/** A literal is its byte; a match is its offset times 512, and its length. */
export type Token = number;

export const MATCH = 512;
const LONGEST_MATCH = 257;
const SHORTEST_MATCH = 4;
const WINDOW = 1 << 21;
/** LZX keeps a few bytes of the window for itself. */
const FARTHEST = WINDOW - 3;
const HASH_BITS = 15;
/** Earlier places that are looked at: more find little more. */
const PATIENCE = 24;

/** Finds what of a text has occurred before, greedily, piece by piece. */
export class MatchFinder {
  readonly #text: Buffer;
  readonly #newest = new Int32Array(1 << HASH_BITS).fill(-1);
  readonly #before: Int32Array;

  constructor(text: Uint8Array) {
    this.#text = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
    this.#before = new Int32Array(text.length);
  }

  /** The tokens of a part of the text; no match leaves it. */
  tokens(from: number, to: number): Token[] {
    const found: Token[] = [];
    for (let at = from; at < to;) {
      const match = this.#longest(at, Math.min(to - at, LONGEST_MATCH));
      const length = match === 0 ? 1 : match % MATCH;
      found.push(match === 0 ? (this.#text[at] ?? 0) : match);
      for (const end = at + length; at < end; at += 1) this.#note(at);
    }
    return found;
  }

  #longest(at: number, limit: number): Token {
    if (limit < SHORTEST_MATCH) return 0;
    let [best, offset] = [SHORTEST_MATCH - 1, 0];
    let place = this.#newest[this.#hash(at)] ?? -1;
    for (let looked = 0; place >= 0 && at - place <= FARTHEST && looked < PATIENCE; looked += 1) {
      const length = this.#common(place, at, limit);
      if (length > best) [best, offset] = [length, at - place];
      if (best === limit) break;
      place = this.#before[place] ?? -1;
    }
    return offset === 0 ? 0 : offset * MATCH + best;
  }

  #common(first: number, second: number, limit: number): number {
    let length = 0;
    while (length < limit && this.#text[first + length] === this.#text[second + length]) length += 1;
    return length;
  }

  #note(at: number): void {
    if (at + SHORTEST_MATCH > this.#text.length) return;
    const hash = this.#hash(at);
    this.#before[at] = this.#newest[hash] ?? -1;
    this.#newest[hash] = at;
  }

  #hash(at: number): number {
    return Math.imul(this.#text.readInt32LE(at), 0x9e3779b1) >>> (32 - HASH_BITS);
  }
}
