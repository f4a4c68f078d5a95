/** Lets pieces of work that read, decide and write take turns, so that none overwrites what another has just stored. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs the work when all work given before has ended. */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}
