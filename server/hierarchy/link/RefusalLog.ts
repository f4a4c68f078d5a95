import { TokenBucket } from './TokenBucket.js';

/** Lines about peers that nobody knows: so many at once, so many a second; a flood of them must not fill the disk. */
const rate = { most: 20, perSecond: 1 / 6 };

/** Writes why connections were refused, and how many lines were left out before. */
export class RefusalLog {
  readonly #write: (line: string) => void;
  readonly #now: () => Date;
  readonly #bucket: TokenBucket;
  #leftOut = 0;

  constructor(write: (line: string) => void, now: () => Date) {
    this.#write = write;
    this.#now = now;
    this.#bucket = new TokenBucket(rate, now().getTime());
  }

  /** Tells of a connection that was refused; `peer` is its address, or the node it says it is. */
  refused(peer: string, reason: string): void {
    if (!this.#bucket.take(1, this.#now().getTime())) {
      this.#leftOut += 1;
      return;
    }
    const before = this.#leftOut === 0 ? '' : ` (${this.#leftOut} others were refused before and are not listed.)`;
    this.#leftOut = 0;
    this.#write(`Site link: refused a connection from ${peer}: ${reason.replace(/\.$/, '')}.${before}`);
  }
}
