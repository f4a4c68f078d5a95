import { setFlagsFromString } from 'node:v8';

/** The versions of V8 that know the flag: those of Node.js 20 to 24. Another one would write that it does not. */
const KNOWN = /^1[1-3]\./;
/** How much machine code a function runs through before V8 compiles it anew, for speed: nearly the highest number. */
const LATE = 2_000_000_000;
/** As V8 has it since Node.js 22. */
const USUAL = 13_000_000;

/**
 * Loads a WebAssembly library whose functions are optimized once they have done real work. By itself V8 does it after
 * a dozen statements of SQLite, on several threads, and a short life of an engine takes twice its processor time.
 */
export async function optimizeLate<T>(load: () => Promise<T>): Promise<T> {
  if (!KNOWN.test(process.versions.v8)) return load();
  setFlagsFromString(`--wasm-tiering-budget=${LATE}`);
  try {
    return await load();
  } finally {
    setFlagsFromString(`--wasm-tiering-budget=${USUAL}`);
  }
}
