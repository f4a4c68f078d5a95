import type { Clock } from '../../platform/Clock.js';
import { FairQueue } from './FairQueue.js';

/** How much memory there is for strangers. */
export interface BudgetOptions {
  /** Bytes of all together, and of one address. */
  readonly total: number;
  readonly share: number;
  /** How long somebody waits for room. */
  readonly waitMs: number;
  /** Whoever holds room and has kept us waiting for so long is cut off when others need it. */
  readonly stalledMs: number;
  readonly clock: Clock;
}

/** Somebody who holds memory. */
export interface Holder {
  /** Who he is for his share. */
  readonly key: string;
  /** Since when we wait for his peer (ms since 1970); undefined while he waits for us. */
  waitingSince(): number | undefined;
  /** Ends his connection; what he holds is released. */
  cut(): void;
}

/** What one holder has of a budget. */
export interface Lease {
  readonly holder: Holder;
  held: number;
}

interface Waiter {
  readonly lease: Lease;
  readonly bytes: number;
  readonly answer: (isTaken: boolean) => void;
}

const LOOK_AGAIN_MS = 1000;

/** The memory of a port for requests and answers: limited for all together and for each address. */
export class ByteBudget {
  readonly #options: BudgetOptions;
  readonly #leases = new Set<Lease>();
  readonly #waiting = new FairQueue<Waiter>();
  readonly #heldBy = new Map<string, number>();
  #held = 0;
  #isLooking = false;

  constructor(options: BudgetOptions) {
    this.#options = options;
  }

  /** Bytes that are held. */
  get held(): number {
    return this.#held;
  }

  /** Begins to hold nothing. */
  lease(holder: Holder): Lease {
    const lease = { holder, held: 0 };
    this.#leases.add(lease);
    return lease;
  }

  /** Takes more; false where there was no room for it in time. More than a share counts as a whole share. */
  async take(lease: Lease, bytes: number): Promise<boolean> {
    const wanted = Math.max(0, Math.min(bytes, this.#options.share - lease.held));
    if (this.#fits(lease.holder.key, wanted)) {
      this.#add(lease, wanted);
      return true;
    }
    return this.#wait(lease, wanted);
  }

  /** Gives some back. */
  give(lease: Lease, bytes: number): void {
    this.#add(lease, -Math.min(bytes, lease.held));
    this.#serve();
  }

  /** Gives all back, for good. */
  release(lease: Lease): void {
    this.give(lease, lease.held);
    this.#leases.delete(lease);
  }

  async #wait(lease: Lease, bytes: number): Promise<boolean> {
    const { key } = lease.holder;
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(this.#options.waitMs, () => {
        this.#waiting.remove(key, waiter);
        resolve(false);
      });
      const answer = (isTaken: boolean): void => {
        cancel();
        resolve(isTaken);
      };
      const waiter = { lease, bytes, answer };
      this.#waiting.push(key, waiter);
      this.#look();
    });
  }

  /** While somebody waits, room is made of who keeps us waiting. */
  #look(): void {
    if (this.#isLooking || this.#waiting.size === 0) return;
    this.#isLooking = true;
    this.#options.clock.after(LOOK_AGAIN_MS, () => {
      this.#isLooking = false;
      this.#look();
    });
    const before = this.#options.clock.now().getTime() - this.#options.stalledMs;
    for (const { holder, held } of [...this.#leases])
      if (held > 0 && (holder.waitingSince() ?? Number.POSITIVE_INFINITY) <= before) holder.cut();
  }

  #serve(): void {
    for (;;) {
      const waiter = this.#waiting.shift(({ bytes }, key) => this.#fits(key, bytes));
      if (waiter === undefined) return;
      const { lease, bytes, answer } = waiter;
      const isThere = this.#leases.has(lease);
      if (isThere) this.#add(lease, bytes);
      answer(isThere);
    }
  }

  #fits(key: string, bytes: number): boolean {
    const { total, share } = this.#options;
    return this.#held + bytes <= total && (this.#heldBy.get(key) ?? 0) + bytes <= share;
  }

  #add(lease: Lease, bytes: number): void {
    const { key } = lease.holder;
    const held = (this.#heldBy.get(key) ?? 0) + bytes;
    if (held > 0) this.#heldBy.set(key, held);
    else this.#heldBy.delete(key);
    lease.held += bytes;
    this.#held += bytes;
  }
}
