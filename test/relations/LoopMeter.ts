import { readFileSync } from 'node:fs';

const TICK_MS = 5;

/** What a piece of work cost the process it ran in. */
export interface Cost {
  readonly seconds: number;
  /** Of the processor, in seconds. */
  readonly cpu: number;
  /** Longest time in which nothing else had its turn, in ms. */
  readonly stall: number;
  /** Largest memory of the process so far, in MB. */
  readonly megabytes: number;
}

/**
 * Measures work of this process. A stall counts only as far as the process really worked meanwhile: what the system
 * gave to other processes is no fault of the work.
 */
export class LoopMeter {
  #last = performance.now();
  #cpu = process.cpuUsage();
  #stall = 0;
  #start = performance.now();
  #startCpu = process.cpuUsage();

  constructor() {
    setInterval(() => this.#tick(), TICK_MS).unref();
  }

  /** Forgets what was before. */
  begin(): void {
    this.#tick();
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
      megabytes: peakMegabytes(),
    };
  }

  #tick(): void {
    const now = performance.now();
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#stall = Math.max(this.#stall, Math.min(now - this.#last, (user + system) / 1000) - TICK_MS);
    this.#last = now;
    this.#cpu = process.cpuUsage();
  }
}

function peakMegabytes(): number {
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1];
  return kilobytes === undefined ? process.memoryUsage.rss() / 1024 / 1024 : Number(kilobytes) / 1024;
}
