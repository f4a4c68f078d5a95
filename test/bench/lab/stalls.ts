import { setTimeout as pause } from 'node:timers/promises';
import type { Measure } from '../figures/Measure.js';
import { measure } from '../figures/Measure.js';
import type { Workbench } from './Workbench.js';

/** What the engine may keep another request waiting for, at whatever work. */
const BUDGET = '50 ms';
/** Between an answer and the next request: often enough to meet every long stall, and hardly any work. */
const PAUSE_MS = 15;

/** Asks the engine for its status again and again on a connection of its own, while something else goes on. */
export async function withStalls<Result>(
  { bench, site }: { readonly bench: Workbench; readonly site: string },
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly waits: readonly number[] }> {
  const session = await bench.session(site);
  const end = new AbortController();
  const waits: number[] = [];
  await session.request('status/get');
  const asking = (async () => {
    while (!end.signal.aborted) {
      const start = performance.now();
      await session.request('status/get');
      waits.push(performance.now() - start);
      await pause(PAUSE_MS);
    }
  })();
  // It ends with the work, which tells of a failure better.
  asking.catch(() => undefined);
  try {
    const result = await work();
    return { result, waits };
  } finally {
    end.abort();
    await asking.then(async () => session.close());
  }
}

/** The longest of them. */
export function longestStall(waits: readonly number[], of?: string): Measure {
  const name = 'longest stall of another request';
  return measure(of === undefined ? name : `${of}, ${name}`, 'ms', Math.max(0, ...waits), {
    budget: BUDGET,
    note: `${waits.length} requests`,
  });
}
