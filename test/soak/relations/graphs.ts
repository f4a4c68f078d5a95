/** Forms in which updates can name each other. */
export const SHAPES = ['chain', 'circle', 'star', 'rays', 'dense', 'complete'] as const;
export type Shape = (typeof SHAPES)[number];

/** How many others each one names in a dense graph. */
const DEGREE = 10;

/** A graph of `count` members: which of them (0 to `count` - 1) each of them names. */
export interface Graph {
  readonly count: number;
  readonly named: (member: number) => readonly number[];
}

/**
 * A graph of about `size` members; of a complete one, where every member names every other, of about `size` relations.
 * In a chain each names the next, in a star the first names all others, in rays all others name the first, in a dense
 * graph each names the ten that follow, round and round.
 */
export function graphOf(shape: Shape, size: number): Graph {
  if (shape === 'complete') return completeGraph(Math.ceil(Math.sqrt(size)));
  const named: Record<Exclude<Shape, 'complete'>, Graph['named']> = {
    chain: (member) => (member + 1 < size ? [member + 1] : []),
    circle: (member) => [(member + 1) % size],
    star: (member) => (member === 0 ? upTo(size).slice(1) : []),
    rays: (member) => (member === 0 ? [] : [0]),
    dense: (member) => upTo(Math.min(DEGREE, size - 1)).map((step) => (member + step + 1) % size),
  };
  return { count: size, named: named[shape] };
}

function completeGraph(count: number): Graph {
  return { count, named: (member) => upTo(count).filter((other) => other !== member) };
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_unused, index) => index);
}
