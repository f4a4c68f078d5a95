import { readFileSync } from 'node:fs';

/** One measured figure beside its budget. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly budget: string;
}

/** Milliseconds that the work took. */
export async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; ms: number }> {
  const start = performance.now();
  const result = await work();
  return { result, ms: performance.now() - start };
}

/** Largest memory of a process so far in MB, where the system tells. */
export function peakMemory(processId: number): string {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? 'not told' : `${Math.round(Number(kilobytes) / 1024)} MB`;
  } catch {
    return 'not told by this system';
  }
}

/** Milliseconds as a budget reads them. */
export function seconds(ms: number): string {
  return ms < 100 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(2)} s`;
}
