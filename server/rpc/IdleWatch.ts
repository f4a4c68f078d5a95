import type { Clock } from '../platform/Clock.js';

/** Counts what keeps the engine alive and calls back when nothing has for the idle time. */
export class IdleWatch {
  readonly #clock: Clock;
  readonly #milliseconds: number;
  readonly #onIdle: () => void;
  #held = 0;
  #cancel: (() => void) | undefined;

  constructor(options: { clock: Clock; idleSeconds: number; onIdle: () => void }) {
    this.#clock = options.clock;
    this.#milliseconds = options.idleSeconds * 1000;
    this.#onIdle = options.onIdle;
    this.#arm();
  }

  /** Keeps the engine alive until the result is called. */
  hold(): () => void {
    this.#held += 1;
    this.#disarm();
    let active = true;
    return () => {
      if (!active) return;
      active = false;
      this.#held -= 1;
      if (this.#held === 0) this.#arm();
    };
  }

  /** Ends the watch. */
  stop(): void {
    this.#held = Number.POSITIVE_INFINITY;
    this.#disarm();
  }

  #arm(): void {
    // The engine of a service is never idle, and a timer would take infinity for nothing.
    if (!Number.isFinite(this.#milliseconds)) return;
    this.#cancel = this.#clock.after(this.#milliseconds, this.#onIdle);
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
