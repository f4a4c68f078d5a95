/** Finds where a text of a given number of UTF-16 units ends in UTF-8 bytes that come piece by piece. */
export class Utf16Counter {
  #left: number;

  constructor(units: number) {
    this.#left = units;
  }

  /** Units still to come. */
  get left(): number {
    return this.#left;
  }

  /** How many bytes from `start` belong to the text; the rest of its last character included. */
  take(bytes: Uint8Array, start: number): number {
    let at = start;
    for (; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      // Continuation bytes belong to the character counted before them.
      if ((byte & 0xc0) === 0x80) continue;
      if (this.#left <= 0) break;
      this.#left -= byte >= 0xf0 ? 2 : 1;
    }
    return at - start;
  }
}
