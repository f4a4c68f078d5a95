const LESS = 0x3c;
const AMPERSAND = 0x26;
const EQUALS = 0x3d;

/**
 * The most of each kind of markup in a request. Its largest honest ones, a filter of thousands of categories and a
 * report of hundreds of servers, have a fraction of it.
 */
const MOST = { tags: 100_000, references: 10_000, attributes: 50_000 } as const;

/**
 * Counts what makes a request costly to read, whatever its size: tags (with comments and sections), references, and
 * attributes. Looks at the bytes as they come, before anything is kept of them.
 */
export class MarkupMeter {
  #tags = 0;
  #references = 0;
  #attributes = 0;

  /** Counts a piece; false when there was too much by then. */
  takes(piece: Uint8Array): boolean {
    for (let index = 0; index < piece.length; index++) {
      const byte = piece[index] as number;
      if (byte > EQUALS) continue;
      if (byte === LESS) this.#tags += 1;
      else if (byte === AMPERSAND) this.#references += 1;
      else if (byte === EQUALS) this.#attributes += 1;
    }
    return this.#tags <= MOST.tags && this.#references <= MOST.references && this.#attributes <= MOST.attributes;
  }
}
