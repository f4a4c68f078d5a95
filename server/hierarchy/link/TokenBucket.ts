/** A rate: so much at once, refilled with so much a second. */
export interface Rate {
  readonly most: number;
  readonly perSecond: number;
}

/** Tells whether somebody keeps to a rate. */
export class TokenBucket {
  readonly #rate: Rate;
  #left: number;
  #at: number;

  /** @param now ms since 1970 */
  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#left = rate.most;
    this.#at = now;
  }

  /** Takes an amount at that time (ms); false when it is more than is left. */
  take(amount: number, now: number): boolean {
    const refilled = this.#left + (Math.max(0, now - this.#at) / 1000) * this.#rate.perSecond;
    this.#at = Math.max(now, this.#at);
    this.#left = Math.min(this.#rate.most, refilled);
    if (this.#left < amount) return false;
    this.#left -= amount;
    return true;
  }
}
