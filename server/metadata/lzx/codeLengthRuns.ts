import type { LzxBits } from './LzxBits.js';
import { prefixCode } from './prefixCode.js';

/** A symbol of the code in which lengths are told, with bits behind it. */
interface Step {
  readonly symbol: number;
  readonly extra?: { readonly value: number; readonly bits: number };
}

/** From 0 up to 16. */
const LENGTHS = 17;
const SYMBOLS = 20;
const SHORT_ZEROS = 17;
const LONG_ZEROS = 18;
const SAME = 19;

/** Tells the lengths of a part of a code, as changes to those of the block before. */
export function writeLengths(bits: LzxBits, now: Uint8Array, before: Uint8Array): void {
  const steps = stepsOf(now, before);
  const counts = new Uint32Array(SYMBOLS);
  for (const { symbol } of steps) counts[symbol] = (counts[symbol] ?? 0) + 1;
  const { lengths, words } = prefixCode(counts, 15);
  for (const length of lengths) bits.write(length, 4);
  for (const { symbol, extra } of steps) {
    bits.write(words[symbol] ?? 0, lengths[symbol] ?? 0);
    if (extra !== undefined) bits.write(extra.value, extra.bits);
  }
}

function stepsOf(now: Uint8Array, before: Uint8Array): Step[] {
  const steps: Step[] = [];
  const change = (at: number): Step => ({ symbol: ((before[at] ?? 0) - (now[at] ?? 0) + LENGTHS) % LENGTHS });
  for (let at = 0; at < now.length;) {
    const run = runAt(now, at);
    const taken = now[at] === 0 ? zeros(run) : same(run);
    steps.push(taken?.step ?? change(at));
    if (taken?.step.symbol === SAME) steps.push(change(at));
    at += taken?.count ?? 1;
  }
  return steps;
}

function runAt(lengths: Uint8Array, from: number): number {
  let to = from + 1;
  while (to < lengths.length && lengths[to] === lengths[from]) to += 1;
  return to - from;
}

function zeros(run: number): { step: Step; count: number } | undefined {
  if (run >= 20) return taken(LONG_ZEROS, Math.min(run, 51), { less: 20, bits: 5 });
  return run >= 4 ? taken(SHORT_ZEROS, run, { less: 4, bits: 4 }) : undefined;
}

function same(run: number): { step: Step; count: number } | undefined {
  return run >= 4 ? taken(SAME, Math.min(run, 5), { less: 4, bits: 1 }) : undefined;
}

function taken(symbol: number, count: number, { less, bits }: { less: number; bits: number }) {
  return { step: { symbol, extra: { value: count - less, bits } }, count };
}
