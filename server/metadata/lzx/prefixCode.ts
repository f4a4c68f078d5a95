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
