import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import type { Clock } from '../platform/Clock.js';

/** The versions of V8 that know the flag: those of Node.js 20 to 26. Another one would write that it does not. */
const KNOWN = /^1[1-4]\./;
/** What a heap may grow by until V8 collects: this in bytes, or as much again as is in use where that is more. */
const ROOM = 192 * 1024 * 1024;
/** In percent: from here on V8 decides, which lets a heap become up to four times as large. */
const OWN_GROWTH = 300;
const LEAST_GROWTH = 100;
/** The growth changes in such steps, in percent. */
const STEP = 25;
const LOOK_MS = 1000;

/** When to look, and how many bytes are in use. */
interface HeapWatch {
  readonly clock: Clock;
  readonly used?: () => number;
}

/**
 * Has V8 collect garbage in time. By itself it lets a heap grow up to fourfold before it looks, and an engine with a
 * large catalogue then holds hundreds of megabytes that nobody uses. V8 decides at the end of each collection when the
 * next one comes, so the growth must be right before the heap is large. The result ends the looking.
 */
export function collectEarly({ clock, used = usedNow }: HeapWatch): () => void {
  let cancel = (): void => undefined;
  let growth = OWN_GROWTH;
  const look = (): void => {
    const wanted = growthOf(used());
    if (wanted !== growth) setFlagsFromString(`--heap-growing-percent=${wanted < OWN_GROWTH ? wanted : 0}`);
    growth = wanted;
    cancel = clock.after(LOOK_MS, look);
  };
  if (KNOWN.test(process.versions.v8)) look();
  return () => cancel();
}

/** By how much, in percent, a heap of so many bytes may grow. */
function growthOf(used: number): number {
  const percent = Math.round(((ROOM / used) * 100) / STEP) * STEP;
  return Math.max(LEAST_GROWTH, Math.min(OWN_GROWTH, percent));
}

function usedNow(): number {
  return getHeapStatistics().used_heap_size;
}
