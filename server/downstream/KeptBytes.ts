/** Bytes that are kept for whoever asks next, up to so many in all: those that were not asked for longest go first. */
export class KeptBytes<Bytes extends Uint8Array> {
  readonly #limit: number;
  /** The one that was not asked for longest comes first. */
  readonly #kept = new Map<string, Bytes>();
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Bytes | undefined {
    const bytes = this.#kept.get(key);
    if (bytes !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, bytes);
    }
    return bytes;
  }

  /** Nothing happens with what is larger than the limit, or kept under this key. */
  keep(key: string, bytes: Bytes): void {
    if (bytes.length > this.#limit || this.#kept.has(key)) return;
    this.#kept.set(key, bytes);
    this.#size += bytes.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#size <= this.#limit) break;
      this.#kept.delete(oldest);
      this.#size -= length;
    }
  }
}
