import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const TICK_MS = 5;

/** What a piece of work cost the process it ran in. */
export interface Cost {
  readonly seconds: number;
  /** Of the processor, in seconds. */
  readonly cpu: number;
  /** Longest time in which nothing else had its turn, in ms; what the system gave to others meanwhile is left out. */
  readonly stall: number;
  /** The same with it, as a clock shows it. */
  readonly delay: number;
  /** Largest memory of the process so far, in MB. */
  readonly megabytes: number;
}

/**
 * Measures work of this process. A stall is a time in which nothing else had its turn, without what the thread waited
 * for a processor that the system had given to others: that is no fault of the work. Only Linux tells how long it
 * waited.
 */
export class LoopMeter {
  readonly #delays = monitorEventLoopDelay({ resolution: TICK_MS });
  #last = performance.now();
  #waited = waitedMs();
  #stall = 0;
  #start = performance.now();
  #startCpu = process.cpuUsage();

  constructor() {
    this.#delays.enable();
    setInterval(() => this.#tick(), TICK_MS).unref();
  }

  /** Forgets what was before. */
  begin(): void {
    this.#tick();
    this.#delays.reset();
    this.#stall = 0;
    this.#start = performance.now();
    this.#startCpu = process.cpuUsage();
  }

  /** What has been done since cost. */
  cost(): Cost {
    this.#tick();
    const { user, system } = process.cpuUsage(this.#startCpu);
    return {
      seconds: (performance.now() - this.#start) / 1000,
      cpu: (user + system) / 1_000_000,
      stall: this.#stall,
      delay: this.#delays.count === 0 ? 0 : this.#delays.max / 1_000_000,
      megabytes: peakMegabytes(),
    };
  }

  #tick(): void {
    const now = performance.now();
    const waited = waitedMs();
    this.#stall = Math.max(this.#stall, now - this.#last - (waited - this.#waited) - TICK_MS);
    this.#last = now;
    this.#waited = waited;
  }
}

/** How long the main thread has waited for a processor, in ms. */
function waitedMs(): number {
  if (process.platform !== 'linux') return 0;
  return Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[1] ?? 0) / 1_000_000;
}

function peakMegabytes(): number {
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1];
  return kilobytes === undefined ? process.memoryUsage.rss() / 1024 / 1024 : Number(kilobytes) / 1024;
}
