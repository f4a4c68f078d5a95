const WINDOW_MS = 15 * 60_000;
const PER_ADDRESS = 10;
const IN_ALL = 500;

/** Counts refused tokens, so that nobody tries many: of an address, and of all together. Bounded by its own limits. */
export class Attempts {
  readonly #now: () => number;
  /** Addresses that once had a token that was accepted: others cannot shut them out. */
  readonly #known = new Set<string>();
  #failed = new Map<string, number>();
  #count = 0;
  #began: number;

  /** `now` gives ms. */
  constructor(now: () => number) {
    this.#now = now;
    this.#began = now();
  }

  /** Seconds until an address may try again; 0 where it may now. */
  wait(address: string): number {
    const left = this.#began + WINDOW_MS - this.#now();
    // A clock that was put back would shut addresses out for as long.
    if (left <= 0 || left > WINDOW_MS) this.#begin();
    const isFull = this.#count >= IN_ALL && !this.#known.has(address);
    return isFull || (this.#failed.get(address) ?? 0) >= PER_ADDRESS ? Math.ceil(left / 1000) : 0;
  }

  /** A token of an address is looked at, and counts as refused until it is accepted. */
  tried(address: string): void {
    this.#failed.set(address, (this.#failed.get(address) ?? 0) + 1);
    this.#count += 1;
  }

  /** A token of an address was accepted. */
  accepted(address: string): void {
    this.#failed.set(address, Math.max(0, (this.#failed.get(address) ?? 0) - 1));
    this.#count = Math.max(0, this.#count - 1);
    if (this.#known.size < IN_ALL) this.#known.add(address);
  }

  #begin(): void {
    this.#began = this.#now();
    this.#failed = new Map();
    this.#count = 0;
  }
}
