import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/** How often the event loop is looked at, in ms; it is late by at least so much before it is noticed. */
const EVERY_MS = 20;

/** How long the event loop is held up. It is not looked at before somebody asks: an idle engine stays idle. */
export class LoopDelay {
  #histogram: IntervalHistogram | undefined;

  /** The longest delay since this was last asked, in seconds; 0 at first. */
  take(): number {
    if (this.#histogram === undefined) {
      this.#histogram = monitorEventLoopDelay({ resolution: EVERY_MS });
      this.#histogram.enable();
      return 0;
    }
    const longest = this.#histogram.max / 1e9 - EVERY_MS / 1000;
    this.#histogram.reset();
    return Math.max(0, longest);
  }
}
