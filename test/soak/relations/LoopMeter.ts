import { readFileSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const TICK_MS = 5;

/** What a piece of work cost the process it ran in. */
export interface Cost {
  readonly seconds: number;
  /** Of the processor, in seconds. */
  readonly cpu: number;
  /** Longest time in which nothing else had its turn, in ms; what the system gave to others meanwhile is left out. */
  readonly stall: number;
  /** The part of a stall in which the main thread worked, in ms: what is left of it on an idle machine. */
  readonly work: number;
  /** The whole of it, as a clock shows it. */
  readonly delay: number;
  /** Largest memory of the process meanwhile, in MB; where the system cannot say that, of its whole life. */
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
  #before = processorUse();
  #stall = 0;
  #work = 0;
  #start = performance.now();
  #startCpu = process.cpuUsage();

  constructor() {
    this.#delays.enable();
    setInterval(() => this.#tick(), TICK_MS).unref();
  }

  /** Forgets what was before. */
  begin(): void {
    this.#tick();
    forgetPeak();
    this.#delays.reset();
    this.#stall = 0;
    this.#work = 0;
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
      work: this.#work,
      delay: this.#delays.count === 0 ? 0 : this.#delays.max / 1_000_000,
      megabytes: peakMegabytes(),
    };
  }

  #tick(): void {
    const now = performance.now();
    const use = processorUse();
    const stall = now - this.#last - (use.waited - this.#before.waited) - TICK_MS;
    this.#stall = Math.max(this.#stall, stall);
    this.#work = Math.max(this.#work, Math.min(stall, use.worked - this.#before.worked));
    this.#last = now;
    this.#before = use;
  }
}

/** How long the main thread has worked, and waited for a processor, in ms. */
function processorUse(): { readonly worked: number; readonly waited: number } {
  if (process.platform !== 'linux') return { worked: performance.now(), waited: 0 };
  const [worked, waited] = readFileSync('/proc/self/schedstat', 'latin1').split(' ');
  return { worked: Number(worked) / 1_000_000, waited: Number(waited) / 1_000_000 };
}

/** The peak that Linux remembers becomes what the process takes now (proc(5), clear_refs). */
function forgetPeak(): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
}

function peakMegabytes(): number {
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1];
  return kilobytes === undefined ? process.memoryUsage.rss() / 1024 / 1024 : Number(kilobytes) / 1024;
}
