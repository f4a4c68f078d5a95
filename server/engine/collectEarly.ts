import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import type { Clock } from '../platform/Clock.js';

/** The versions of V8 that know the flag: those of Node.js 20 to 24. Another one would write that it does not. */
const KNOWN = /^1[1-3]\./;
/** By how much, in percent, a large heap may grow until V8 collects. */
const GROWTH = 100;
/** In bytes. Below this a synchronization would take a fifth longer for memory that nobody misses. */
const LARGE = 192 * 1024 * 1024;
const LOOK_MS = 1000;

/** When to look, and how many bytes are in use. */
interface HeapWatch {
  readonly clock: Clock;
  readonly used?: () => number;
}

/**
 * Has V8 collect garbage in time once the heap is large. By itself it lets one grow up to fourfold before it looks, and
 * an engine with a large catalogue then holds hundreds of megabytes that nobody uses. The result ends the looking.
 */
export function collectEarly({ clock, used = usedNow }: HeapWatch): () => void {
  let cancel = (): void => undefined;
  const look = (): void => {
    if (used() > LARGE) setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
    else cancel = clock.after(LOOK_MS, look);
  };
  if (KNOWN.test(process.versions.v8)) look();
  return () => cancel();
}

function usedNow(): number {
  return getHeapStatistics().used_heap_size;
}
