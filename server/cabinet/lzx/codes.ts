/** Bits as LZX wants them: the highest first, in words of 16 bits of which the low byte comes first. */
export class LzxBits {
  readonly #bytes: Buffer;
  #length = 0;
  #word = 0;
  #free = 16;

  /** Room for so many bytes. */
  constructor(room: number) {
    this.#bytes = Buffer.alloc(room);
  }

  /** Appends the lowest `count` bits of a value, at most 24. */
  write(value: number, count: number): void {
    let left = count;
    while (left > 0) {
      const now = Math.min(left, this.#free);
      left -= now;
      this.#free -= now;
      this.#word |= ((value >>> left) & ((1 << now) - 1)) << this.#free;
      if (this.#free === 0) this.#next();
    }
  }

  /** The bytes, the last word filled with zeros. */
  end(): Buffer {
    if (this.#free < 16) this.#next();
    return this.#bytes.subarray(0, this.#length);
  }

  #next(): void {
    this.#bytes.writeUInt16LE(this.#word, this.#length);
    this.#length += 2;
    this.#word = 0;
    this.#free = 16;
  }
}

/** A prefix code: for each symbol the length of its word in bits (0: it has none), and the word. */
export interface PrefixCode {
  readonly lengths: Uint8Array;
  readonly words: Uint16Array;
}

/** The code for symbols that occur so often, no word longer than `longest` bits. It is complete, as readers demand. */
export function prefixCode(counts: Uint32Array, longest: number): PrefixCode {
  let weights = withTwo(counts);
  let lengths = lengthsFor(weights);
  // Rarer differences make flatter trees.
  while (Math.max(...lengths) > longest) {
    weights = weights.map((weight) => (weight === 0 ? 0 : (weight >> 1) + 1));
    lengths = lengthsFor(weights);
  }
  return { lengths, words: wordsOf(lengths) };
}

/** A code of fewer than two words would not be complete: symbols that do not occur get one. */
function withTwo(counts: Uint32Array): Uint32Array {
  const weights = counts.slice();
  let used = counts.reduce((sum, count) => sum + (count === 0 ? 0 : 1), 0);
  for (let symbol = 0; used < 2; symbol += 1) {
    if (weights[symbol] !== 0) continue;
    weights[symbol] = 1;
    used += 1;
  }
  return weights;
}

/** Huffman's lengths: the two lightest trees become one until one is left. */
function lengthsFor(weights: Uint32Array): Uint8Array {
  const leaves = [...weights.keys()]
    .filter((symbol) => weights[symbol] !== 0)
    .sort((first, second) => (weights[first] ?? 0) - (weights[second] ?? 0));
  const leafWeights = leaves.map((symbol) => weights[symbol] ?? 0);
  const joined: number[] = [];
  const parents: number[] = [];
  let leaf = 0;
  let inner = 0;
  // Leaves have the numbers from 0, inner nodes those after them; both lists are sorted.
  const lightest = (): number => {
    const isLeaf = (leafWeights[leaf] ?? Number.POSITIVE_INFINITY) <= (joined[inner] ?? Number.POSITIVE_INFINITY);
    return isLeaf ? leaf++ : leaves.length + inner++;
  };
  const weightOf = (node: number): number =>
    (node < leaves.length ? leafWeights[node] : joined[node - leaves.length]) ?? 0;
  for (let made = 0; made < leaves.length - 1; made += 1) {
    const [first, second] = [lightest(), lightest()];
    parents[first] = parents[second] = leaves.length + made;
    joined.push(weightOf(first) + weightOf(second));
  }
  return depths(leaves, parents, weights.length);
}

function depths(leaves: readonly number[], parents: readonly number[], symbols: number): Uint8Array {
  const root = leaves.length * 2 - 2;
  const depth: number[] = [];
  depth[root] = 0;
  for (let node = root - 1; node >= 0; node -= 1) depth[node] = (depth[parents[node] ?? root] ?? 0) + 1;
  const lengths = new Uint8Array(symbols);
  for (const [node, symbol] of leaves.entries()) lengths[symbol] = depth[node] ?? 0;
  return lengths;
}

/** Words of one length are numbered in the order of their symbols; shorter ones come first. */
function wordsOf(lengths: Uint8Array): Uint16Array {
  const words = new Uint16Array(lengths.length);
  let word = 0;
  for (let length = 1; length <= 16; length += 1) {
    word <<= 1;
    for (const [symbol, own] of lengths.entries()) if (own === length) words[symbol] = word++;
  }
  return words;
}

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
