import { setFlagsFromString } from 'node:v8';

/** That of Node.js 20. Later ones count calls; whether they gain is not clear yet (docs/benchmark.md). */
const KNOWN = /^11\./;
/** Bytes of code that a function runs through, three times, before V8 compiles it anew: eight times what V8 has. */
const BUDGET = 540_672;

/**
 * Has V8 optimize only what works for long. By itself that of Node.js 20 compiles hundreds of functions of a first
 * synchronization, many of them several times because it has not seen enough yet, on all processors: a quarter of the
 * processor time.
 */
export function optimizeHot(): void {
  if (KNOWN.test(process.versions.v8)) setFlagsFromString(`--interrupt-budget=${BUDGET}`);
}
