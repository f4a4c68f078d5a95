const PIECE_BYTES = 256 * 1024;

/** Puts small pieces together until they are worth being hashed, packed and written. */
export class PieceBuffer {
  readonly #room = Buffer.allocUnsafeSlow(PIECE_BYTES);
  readonly #take: (piece: Buffer) => Promise<void>;
  #filled = 0;

  /** `take` is given each large piece, whose memory is used again afterwards. */
  constructor(take: (piece: Buffer) => Promise<void>) {
    this.#take = take;
  }

  async add(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + PIECE_BYTES - this.#filled);
      this.#room.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === PIECE_BYTES) await this.flush();
    }
  }

  /** Gives what there is. */
  async flush(): Promise<void> {
    const filled = this.#filled;
    this.#filled = 0;
    if (filled > 0) await this.#take(this.#room.subarray(0, filled));
  }
}
