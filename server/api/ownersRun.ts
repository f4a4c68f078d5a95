import type { Run } from '../contract/generated/types.js';
import { readRuns } from '../state/storedRuns.js';
import type { ServiceParts } from './ServiceParts.js';

/** How often the stored run is looked at that nobody told of, in ms. */
const LOOK = 2000;

/** The run of the server that owns the site, once it is finished there or the signal ends the wait. */
export async function endOfOwnersRun(parts: ServiceParts, id: number, signal: AbortSignal): Promise<Run | undefined> {
  for (;;) {
    const told = toldOf(parts, id, signal);
    const [run] = await readRuns(parts.context.database, { id });
    if (run?.State !== 'Running' || signal.aborted) {
      told.end();
      return run;
    }
    await told.promise;
    told.end();
  }
}

function toldOf({ runner }: ServiceParts, id: number, signal: AbortSignal) {
  const ends: (() => void)[] = [];
  const promise = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, LOOK);
    const wake = (): void => resolve();
    signal.addEventListener('abort', wake, { once: true });
    ends.push(
      () => clearTimeout(timer),
      () => signal.removeEventListener('abort', wake),
      runner.watch((progress) => progress.RunId === id && progress.State !== 'Running' && resolve()),
    );
  });
  return { promise, end: () => ends.forEach((end) => end()) };
}
