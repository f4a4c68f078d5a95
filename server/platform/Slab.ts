/** Ten thousand arrays of their own keep the garbage collector busy: those of medium size lie together. */
const SLAB = 256 * 1024;
const SMALLEST = 4 * 1024;
const LARGEST = 64 * 1024;

/** Room for bytes that come and go together. Whoever keeps one of them for long keeps a whole slab. */
export class Slab {
  #given: Buffer;
  #room = Buffer.alloc(0);

  /** `given`: where bytes are put as far as it goes. */
  constructor(given: Buffer = Buffer.alloc(0)) {
    this.#given = given;
  }

  /** A copy of bytes that stays as it is. */
  copy(bytes: Uint8Array): Buffer {
    const copy = this.#take(bytes.length);
    copy.set(bytes);
    return copy;
  }

  #take(length: number): Buffer {
    if (length > 0 && length <= this.#given.length) {
      const taken = this.#given.subarray(0, length);
      this.#given = this.#given.subarray(length);
      return taken;
    }
    if (length < SMALLEST || length > LARGEST) return Buffer.allocUnsafe(length);
    if (this.#room.length < length) this.#room = Buffer.allocUnsafeSlow(SLAB);
    const taken = this.#room.subarray(0, length);
    this.#room = this.#room.subarray(length);
    return taken;
  }
}
