/** Bits as LZX wants them: the highest first, in words of 16 bits of which the low byte comes first. */
export class LzxBits {
  readonly #bytes: Buffer;
  #length = 0;
  #word = 0;
  #free = 16;

  /** Room for so many bytes. */
  constructor(room: number) {
    this.#bytes = Buffer.alloc(room);
  }

  /** Appends the lowest `count` bits of a value, at most 24. */
  write(value: number, count: number): void {
    let left = count;
    while (left > 0) {
      const now = Math.min(left, this.#free);
      left -= now;
      this.#free -= now;
      this.#word |= ((value >>> left) & ((1 << now) - 1)) << this.#free;
      if (this.#free === 0) this.#next();
    }
  }

  /** The bytes, the last word filled with zeros. */
  end(): Buffer {
    if (this.#free < 16) this.#next();
    return this.#bytes.subarray(0, this.#length);
  }

  #next(): void {
    this.#bytes.writeUInt16LE(this.#word, this.#length);
    this.#length += 2;
    this.#word = 0;
    this.#free = 16;
  }
}
