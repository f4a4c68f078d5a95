import type { Clock } from '../../platform/Clock.js';
import { FairQueue } from '../../platform/FairQueue.js';

/** How much memory there is for strangers. */
interface BudgetOptions {
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

/** Who waits longer finds room made for him where others have more than he asks for. */
const LOOK_AGAIN_MS = 50;

/** The memory of a port for requests and answers: limited for all together and for each address. */
export class ByteBudget {
  readonly #options: BudgetOptions;
  readonly #leases = new Set<Lease>();
  readonly #waiting = new FairQueue<Waiter>();
  readonly #waiters = new Map<Lease, Waiter>();
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
    if (!this.#leases.has(lease)) return false;
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

  /** Gives all back, for good; what it waits for is not taken any more. */
  release(lease: Lease): void {
    this.#leases.delete(lease);
    this.#waiters.get(lease)?.answer(false);
    this.give(lease, lease.held);
  }

  async #wait(lease: Lease, bytes: number): Promise<boolean> {
    const { key } = lease.holder;
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(this.#options.waitMs, () => waiter.answer(false));
      const answer = (isTaken: boolean): void => {
        cancel();
        this.#waiting.remove(key, waiter);
        this.#waiters.delete(lease);
        resolve(isTaken);
      };
      const waiter = { lease, bytes, answer };
      this.#waiting.push(key, waiter);
      this.#waiters.set(lease, waiter);
      this.#look();
    });
  }

  /** While somebody waits, room is made of who keeps us waiting. */
  #look(): void {
    if (this.#isLooking || this.#waiting.size === 0) return;
    this.#isLooking = true;
    this.#options.clock.after(LOOK_AGAIN_MS, () => {
      this.#isLooking = false;
      for (const [key, { bytes }] of [...this.#waiting.first()]) this.#clear(key, bytes);
      this.#look();
    });
    const before = this.#options.clock.now().getTime() - this.#options.stalledMs;
    for (const { holder, held } of [...this.#leases])
      if (held > 0 && (holder.waitingSince() ?? Number.POSITIVE_INFINITY) <= before) holder.cut();
  }

  /** Makes room for an address at the cost of those that have more than it would have then. */
  #clear(key: string, bytes: number): void {
    const wanted = (this.#heldBy.get(key) ?? 0) + bytes;
    if (wanted > this.#options.share) return;
    const cut = new Set<Lease>();
    for (let room = this.#options.total - this.#held; room < bytes;) {
      const lease = this.#inTheWay(this.#crowd(cut, wanted), cut);
      if (lease === undefined) return;
      cut.add(lease);
      room += lease.held;
      const waiter = this.#waiters.get(lease);
      if (waiter === undefined) lease.holder.cut();
      else waiter.answer(false);
    }
  }

  /** The address that has most, more than `least`; what was cut off counts no more. */
  #crowd(cut: ReadonlySet<Lease>, least: number): string | undefined {
    const held = new Map(this.#heldBy);
    for (const { holder, held: gone } of cut) held.set(holder.key, (held.get(holder.key) ?? 0) - gone);
    let [crowd, most]: [string | undefined, number] = [undefined, least];
    for (const [key, bytes] of held) if (bytes > most) [crowd, most] = [key, bytes];
    return crowd;
  }

  /** Who has kept us waiting longest, else who holds some and waits for more: all could wait for each other so. */
  #inTheWay(key: string | undefined, cut: ReadonlySet<Lease>): Lease | undefined {
    let [found, earliest]: [Lease | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
    for (const lease of this.#leases) {
      if (lease.holder.key !== key || lease.held === 0 || cut.has(lease)) continue;
      const since = lease.holder.waitingSince() ?? Number.POSITIVE_INFINITY;
      if (since < earliest || (found === undefined && this.#waiters.has(lease))) [found, earliest] = [lease, since];
    }
    return found;
  }

  #serve(): void {
    for (;;) {
      const waiter = this.#waiting.shift(({ bytes }, key) => this.#fits(key, bytes));
      if (waiter === undefined) return;
      this.#add(waiter.lease, waiter.bytes);
      waiter.answer(true);
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
