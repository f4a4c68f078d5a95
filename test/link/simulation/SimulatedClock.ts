import type { Clock } from '../../../server/platform/Clock.js';

/** An action that has its time. */
interface Timer {
  readonly action: () => void;
}

/** Time that goes from one timer to the next; any number of timers is cheap. */
export class SimulatedClock implements Clock {
  time = Date.UTC(2026, 0, 1);
  readonly #timers = new Map<number, Set<Timer>>();
  /** When timers are due, the latest first. */
  readonly #times: number[] = [];

  now(): Date {
    return new Date(this.time);
  }

  after(milliseconds: number, action: () => void): () => void {
    const at = this.time + Math.max(1, Math.ceil(milliseconds));
    const timers = this.#timers.get(at) ?? this.#add(at);
    const timer = { action };
    timers.add(timer);
    return () => void timers.delete(timer);
  }

  /** Goes to the next timers, at the latest to a time, and lets them go off. False when there are none before it. */
  next(latest: number): boolean {
    for (let at = this.#times.at(-1); at !== undefined && at <= latest; at = this.#times.at(-1)) {
      this.#times.pop();
      const timers = this.#timers.get(at) ?? new Set();
      this.#timers.delete(at);
      if (timers.size === 0) continue;
      this.time = at;
      for (const { action } of timers) action();
      return true;
    }
    this.time = latest;
    return false;
  }

  #add(at: number): Set<Timer> {
    const timers = new Set<Timer>();
    this.#timers.set(at, timers);
    let [low, high] = [0, this.#times.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#times[middle] ?? 0) > at) low = middle + 1;
      else high = middle;
    }
    this.#times.splice(low, 0, at);
    return timers;
  }
}
