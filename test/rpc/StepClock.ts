import type { Clock } from '../../server/platform/Clock.js';

/** A clock whose timers go off when a test says so. */
export class StepClock implements Clock {
  readonly #timers = new Set<() => void>();
  #waiting: (() => void)[] = [];

  now(): Date {
    return new Date(0);
  }

  after(_milliseconds: number, action: () => void): () => void {
    this.#timers.add(action);
    for (const wake of this.#waiting.splice(0)) wake();
    return () => this.#timers.delete(action);
  }

  /** Waits until at least so many timers are set. */
  async timers(count: number): Promise<void> {
    while (this.#timers.size < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Lets every timer that is set now go off, in their order. */
  async fire(): Promise<void> {
    for (const action of [...this.#timers]) {
      this.#timers.delete(action);
      action();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
