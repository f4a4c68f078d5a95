/** The fewest pieces in flight: one is asked for while the one before is stored. */
const LEAST = 1;
const MOST = 8;
/** An engine that is idle for a larger share of its time waits for the upstream. */
const WAITS = 0.5;
/** One that is idle for a smaller share would get nothing sooner with so much in flight. */
const BUSY = 0.2;

/**
 * How many pieces are asked for at once: as few as keep the engine busy, because what is in flight when it is killed is
 * fetched again. A distant upstream needs more of them.
 */
export class Pace {
  readonly #idleShare: () => number;
  #width = LEAST;

  /** `idleShare` gives the share of the time since it was last asked in which the engine had nothing to do. */
  constructor(idleShare: () => number = idleShareOfEngine()) {
    this.#idleShare = idleShare;
  }

  get width(): number {
    return this.#width;
  }

  /** A piece has come, and the one before it is stored. */
  note(): void {
    const idle = this.#idleShare();
    if (idle > WAITS) this.#width = Math.min(this.#width + 1, MOST);
    if (idle < BUSY) this.#width = Math.max(this.#width - 1, LEAST);
  }
}

function idleShareOfEngine(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return 1 - utilization;
  };
}
