import type { Budgets, Measure } from '../figures/Measure.js';
import { measure } from '../figures/Measure.js';
import type { MeterReading, ProcessMeter } from '../meter/ProcessMeter.js';

/** Work with what it took. */
export interface Metered<Result> {
  readonly result: Result;
  readonly ms: number;
  /** Of all processes of the product, those that began meanwhile included. */
  readonly processorMs: number;
  readonly peakBytes: number;
}

/** Measures work of a product. */
export async function metered<Result>(meter: ProcessMeter, work: () => Promise<Result>): Promise<Metered<Result>> {
  const before: MeterReading = await meter.read();
  const start = performance.now();
  const result = await work();
  const ms = performance.now() - start;
  const after = await meter.read();
  return { result, ms, processorMs: after.processorMs - before.processorMs, peakBytes: after.peakBytes };
}

/** The three measures that every work has; `of` tells several works of one scenario apart. */
export function measuresOf(
  work: Metered<unknown>,
  { of = '', budgets = {} }: { readonly of?: string; readonly budgets?: Budgets } = {},
): Measure[] {
  const name = (what: string): string => (of === '' ? what : `${of}, ${what}`);
  const budget = (what: keyof Budgets): { budget?: string | undefined } => ({ budget: budgets[what] });
  return [
    measure(name('time'), 'ms', work.ms, budget('time')),
    measure(name('processor time'), 'ms', work.processorMs, budget('processor time')),
    measure(name('peak memory'), 'bytes', work.peakBytes, budget('peak memory')),
  ];
}

/** Median-ready repetition: milliseconds of each of so many calls. */
export async function timesOf(count: number, call: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  return times;
}
