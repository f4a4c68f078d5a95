import { SyncError } from '../errors/SyncError.js';
import { LINK_LIMITS } from './linkContract.js';

/** A rate: so much at once, refilled with so much a second. */
interface Rate {
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

/** What a meter knows of the node that it looks at. */
interface MeterOptions {
  /** ms since 1970 */
  readonly now: () => number;
  /** Site code of the parent, and who the node says it is. */
  readonly site: string;
  readonly node: () => string;
}

/** What a channel tells a meter. */
export type MeteredAmount = { readonly bytes: number } | { readonly messages: number };

/**
 * Makes what a parent looks at every byte and message of a node with: undefined, or the LinkFlooded that ends the
 * connection.
 */
export function createMeter(options: MeterOptions): (amount: MeteredAmount) => SyncError | undefined {
  const bytes = new TokenBucket(LINK_LIMITS.bytes, options.now());
  const messages = new TokenBucket(LINK_LIMITS.messages, options.now());
  const flooded = (reason: string): SyncError =>
    new SyncError('LinkFlooded', { node: options.node(), site: options.site, reason });
  return (amount) => {
    if ('messages' in amount)
      return messages.take(1, options.now())
        ? undefined
        : flooded(`more than ${LINK_LIMITS.messages.perSecond} messages a second`);
    return bytes.take(amount.bytes, options.now())
      ? undefined
      : flooded(`more than ${LINK_LIMITS.bytes.perSecond} bytes a second`);
  };
}
