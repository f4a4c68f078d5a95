import { nextTurn } from '../../../server/platform/inTurns.js';

/** Turns in a row without anything under way until it is quiet: between two steps of a work nothing may be. */
const TURNS = 4;

/** Knows whether something real is under way, so that simulated time waits for it. */
export class Quiet {
  #pending = 0;
  readonly #isBusy: (() => boolean)[] = [];

  /** The same object; what its methods promise is waited for. */
  watch<Target extends object>(target: Target): Target {
    return new Proxy(target, {
      get: (_target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...values: unknown[]): unknown =>
          this.#counted((value as (...given: unknown[]) => unknown).apply(target, values));
      },
    });
  }

  /** Work that nobody promises. */
  add(isBusy: () => boolean): void {
    this.#isBusy.push(isBusy);
  }

  async wait(): Promise<void> {
    for (let turns = 0; turns < TURNS; turns += 1) {
      await nextTurn();
      if (this.#pending > 0 || this.#isBusy.some((isBusy) => isBusy())) turns = -1;
    }
  }

  #counted(result: unknown): unknown {
    if (!(result instanceof Promise)) return result;
    this.#pending += 1;
    const done = (): void => void (this.#pending -= 1);
    result.then(done, done);
    return result;
  }
}
