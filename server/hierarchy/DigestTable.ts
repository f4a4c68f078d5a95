const DIGEST = 20;
const FIRST_CAPACITY = 1024;

/**
 * Numbers by SHA-1: 24 bytes an entry and no objects, because a large catalogue has millions of files. 0 is no number.
 */
export class DigestTable {
  #keys = Buffer.alloc(FIRST_CAPACITY * DIGEST);
  #values = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(digest: Uint8Array): number | undefined {
    const value = this.#values[this.#slotOf(digest)] ?? 0;
    return value === 0 ? undefined : value;
  }

  /** Keeps the newest number of a digest. */
  set(digest: Uint8Array, value: number): void {
    if (this.#size * 2 >= this.#values.length) this.#grow();
    const slot = this.#slotOf(digest);
    if (this.#values[slot] === 0) this.#size += 1;
    this.#keys.set(digest, slot * DIGEST);
    this.#values[slot] = value;
  }

  /** Where a digest stands or would stand: its first bytes say where to begin, digests are spread evenly. */
  #slotOf(digest: Uint8Array): number {
    const mask = this.#values.length - 1;
    let slot = Buffer.from(digest.buffer, digest.byteOffset, DIGEST).readUInt32LE(0) & mask;
    while (this.#values[slot] !== 0 && this.#keys.compare(digest, 0, DIGEST, slot * DIGEST, (slot + 1) * DIGEST) !== 0)
      slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = Buffer.alloc(keys.length * 2);
    this.#values = new Uint32Array(values.length * 2);
    this.#size = 0;
    for (const [slot, value] of values.entries())
      if (value !== 0) this.set(keys.subarray(slot * DIGEST, (slot + 1) * DIGEST), value);
  }
}
