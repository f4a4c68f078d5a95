/** For how long nothing new was heard of somebody who leaves marks in the database, by a clock that nobody sets. */
export class Silence {
  readonly #monotonic: () => number;
  readonly #longest: number;
  #looked: number;
  #mark: number | undefined;
  #silence = 0;

  /** `monotonic` and `longest` in ms; of the time between two looks no more than `longest` counts. */
  constructor(monotonic: () => number, longest: number) {
    this.#monotonic = monotonic;
    this.#longest = longest;
    this.#looked = monotonic();
  }

  /** How long it is, in ms, where this mark is found: another one than before ends it. */
  after(mark: number | undefined): number {
    const now = this.#monotonic();
    this.#silence += Math.min(this.#longest, now - this.#looked);
    this.#looked = now;
    if (this.#mark !== undefined && mark !== this.#mark) this.#silence = 0;
    this.#mark = mark;
    return this.#silence;
  }
}
