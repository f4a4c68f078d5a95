/**
 * Loaded by NODE_OPTIONS into an engine that is attacked: says what its event loop and its memory went through, when it
 * is asked over the channel to the process that started it.
 */
import { openSync, readSync } from 'node:fs';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

/** What the engine went through since it was asked the last time. */
export interface LoopUsage {
  /** Longest time in which the event loop had no turn, in ms, whoever had the processor. */
  readonly stallMs: number;
  /** The same without the time in which the system had given the processor to others. */
  readonly ownStallMs: number;
  /** The part of it in which the main thread worked: what is left of a stall on an idle machine. */
  readonly workMs: number;
  /** Longest collection of garbage in ms, which is part of a stall. */
  readonly collectionMs: number;
  /** Bytes now, and the most in between. */
  readonly memory: number;
  readonly peakMemory: number;
  /** Bytes that are in use after a collection of garbage; 0 where none was asked for. */
  readonly live: number;
  /** Of the processor. */
  readonly cpuMs: number;
}

/** What it is asked for: `live` collects garbage first, which is a stall. */
export type Question = 'usage' | 'live';

const TICK_MS = 5;

if (isMainThread && process.send !== undefined) watch(process.send.bind(process));

function watch(send: (usage: LoopUsage) => void): void {
  const delay = monitorEventLoopDelay({ resolution: TICK_MS });
  delay.enable();
  const use = threadClock();
  let [last, before] = [performance.now(), use()];
  let [ownStallMs, workMs, peakMemory, beganCpu] = [0, 0, 0, cpuMs()];
  const tick = (): void => {
    const [now, { worked, waited }] = [performance.now(), use()];
    const stall = now - last - (waited - before.waited) - TICK_MS;
    ownStallMs = Math.max(ownStallMs, stall);
    workMs = Math.max(workMs, Math.min(stall, worked - before.worked));
    peakMemory = Math.max(peakMemory, process.memoryUsage.rss());
    [last, before] = [now, { worked, waited }];
  };
  setInterval(tick, TICK_MS).unref();
  let collectionMs = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) collectionMs = Math.max(collectionMs, duration);
  }).observe({ entryTypes: ['gc'] });
  process.on('message', (question: Question) => {
    tick();
    const [stallMs, memory, usedMs] = [delay.max / 1e6, process.memoryUsage.rss(), cpuMs() - beganCpu];
    const live = question === 'live' ? liveBytes() : 0;
    send({ stallMs, ownStallMs, workMs, collectionMs, memory, peakMemory, live, cpuMs: usedMs });
    delay.reset();
    [ownStallMs, workMs, peakMemory, collectionMs, beganCpu] = [0, 0, 0, 0, cpuMs()];
  });
  process.channel?.unref();
}

interface ThreadUse {
  readonly worked: number;
  readonly waited: number;
}

/** How long this thread has worked and waited for a processor, in ms; all is work where the system does not say. */
function threadClock(): () => ThreadUse {
  if (process.platform !== 'linux') return () => ({ worked: performance.now(), waited: 0 });
  const file = openSync('/proc/self/schedstat', 'r');
  const bytes = Buffer.alloc(128);
  return () => {
    const [worked, waited] = bytes.toString('latin1', 0, readSync(file, bytes, 0, 128, 0)).split(' ');
    return { worked: Number(worked) / 1e6, waited: Number(waited) / 1e6 };
  };
}

function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
