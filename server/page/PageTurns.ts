import { FairQueue } from '../platform/FairQueue.js';

/**
 * Pages that are made at the same time, of one address and of all; and how many may wait. Each takes its share of the
 * turns in which a synchronization could go on.
 */
const AT_ONCE = { address: 2, all: 2 };
const WAITING = { address: 256, all: 1024 };

/**
 * What there is for readers of the page: a budget of its own, so that they take nothing of that of downstream servers.
 * Addresses have their turns one after the other.
 */
export class PageTurns {
  readonly #waiting = new FairQueue<() => void>();
  readonly #inWork = new Map<string, number>();
  readonly #waitingOf = new Map<string, number>();
  #count = 0;

  /** Does the work of an address in its turn; undefined where too many wait already. */
  async take<Result>(address: string, work: () => Promise<Result>): Promise<Result | undefined> {
    if (this.#isFree(address)) this.#add(address, 1);
    else if (!(await this.#wait(address))) return undefined;
    try {
      return await work();
    } finally {
      this.#add(address, -1);
      this.#next();
    }
  }

  async #wait(address: string): Promise<boolean> {
    const others = this.#waitingOf.get(address) ?? 0;
    if (others >= WAITING.address || this.#waiting.size >= WAITING.all) return false;
    this.#waitingOf.set(address, others + 1);
    await new Promise<void>((resolve) => this.#waiting.push(address, resolve));
    return true;
  }

  #next(): void {
    let found: string | undefined;
    const go = this.#waiting.shift((_go, address) => {
      if (this.#isFree(address)) found = address;
      return found !== undefined;
    });
    if (go === undefined || found === undefined) return;
    const left = (this.#waitingOf.get(found) ?? 1) - 1;
    if (left > 0) this.#waitingOf.set(found, left);
    else this.#waitingOf.delete(found);
    this.#add(found, 1);
    go();
  }

  #isFree(address: string): boolean {
    return this.#count < AT_ONCE.all && (this.#inWork.get(address) ?? 0) < AT_ONCE.address;
  }

  #add(address: string, change: 1 | -1): void {
    const count = (this.#inWork.get(address) ?? 0) + change;
    if (count > 0) this.#inWork.set(address, count);
    else this.#inWork.delete(address);
    this.#count += change;
  }
}
