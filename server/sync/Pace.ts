/** The fewest pieces in flight: one is asked for while the one before is stored. */
const LEAST = 1;
const MOST = 8;
/** In ms. An upstream that has once answered sooner is near: what it takes at other times is the load of a machine. */
const NEAR = 50;

/** What a pace is measured with, both in ms since whenever. */
interface PaceClock {
  readonly now: () => number;
  /** How long this thread has worked so far. */
  readonly worked: () => number;
}

/**
 * How many pieces are asked for at once: as few as keep the engine busy, because what is in flight when it is killed is
 * fetched again. A distant upstream needs more of them: as many as can be stored until its answer comes.
 */
export class Pace {
  readonly #clock: PaceClock;
  #workBefore: number | undefined;
  #read = 0;
  #shortest = Infinity;

  constructor(clock: PaceClock = ENGINE) {
    this.#clock = clock;
  }

  get width(): number {
    if (this.#read === 0 || this.#shortest < NEAR) return LEAST;
    const workOfOne = (this.#clock.worked() - (this.#workBefore ?? 0)) / this.#read;
    return Math.min(LEAST + Math.floor(this.#shortest / workOfOne), MOST);
  }

  /** Asks the upstream for a piece. */
  async ask<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    this.#workBefore ??= this.#clock.worked();
    const asked = this.#clock.now();
    const answer = await call();
    this.#shortest = Math.min(this.#shortest, this.#clock.now() - asked);
    return answer;
  }

  /** A piece has been read. */
  note(): void {
    this.#read += 1;
  }
}

const ENGINE: PaceClock = {
  now: () => performance.now(),
  worked: () => performance.eventLoopUtilization().active,
};
