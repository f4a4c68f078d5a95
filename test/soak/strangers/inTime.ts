import { setTimeout as pause } from 'node:timers/promises';

/** How long something may take, and what it is at. */
interface Bound {
  readonly seconds: number;
  readonly at: () => string;
}

/** The result of the work; where it takes too long, an error that says what it was at. */
export async function inTime<Result>(work: Promise<Result>, { seconds, at }: Bound): Promise<Result> {
  const done = new AbortController();
  const late = pause(seconds * 1000, undefined, { signal: done.signal }).then(() => {
    throw new TypeError(`After ${seconds} s it was still at: ${at()}. Nothing else may run on the machine meanwhile.`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}
