/** Middle and ends of several values of one measure. */
export interface Summary {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** What two samples say of each other: the first is worse (greater), better, or neither beyond the spread. */
export type Verdict = 'worse' | 'better' | 'within the spread' | 'too few pairs';

/** With fewer, chance alone puts all values of one side above those of the other too often. */
export const FEWEST_PAIRS = 4;
/** Share of the comparisons of a value here with a value there that must point the same way. */
const SAME_WAY = 0.9;
/** A ratio that is nearer to 1 is of no interest, however constant it is. */
const SMALLEST_CHANGE = 0.02;

/** The value in the middle; of an even number of values the mean of the two there. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((first, second) => first - second);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function summaryOf(values: readonly number[]): Summary {
  return { median: medianOf(values), lowest: Math.min(...values), highest: Math.max(...values) };
}

/** The median of the ratios of the pairs: what ran side by side is compared with each other. */
export function pairedRatio(here: readonly number[], there: readonly number[]): number {
  return medianOf(here.map((value, index) => ratioOf(value, there[index] ?? Number.NaN)));
}

/** Whether a difference is beyond the spread, and to which side. */
export function verdictOf(here: readonly number[], there: readonly number[]): Verdict {
  if (Math.min(here.length, there.length) < FEWEST_PAIRS) return 'too few pairs';
  if (Math.abs(pairedRatio(here, there) - 1) <= SMALLEST_CHANGE) return 'within the spread';
  const greater = shareOfGreater(here, there);
  if (greater >= SAME_WAY) return 'worse';
  return greater <= 1 - SAME_WAY ? 'better' : 'within the spread';
}

/** Of all comparisons of a value here with a value there, the share in which the one here is greater; a tie is half. */
export function shareOfGreater(here: readonly number[], there: readonly number[]): number {
  const points = here.flatMap((value) => there.map((other) => (value > other ? 1 : value === other ? 0.5 : 0)));
  return points.reduce<number>((sum, point) => sum + point, 0) / points.length;
}

/** Nothing beside nothing is the same. */
function ratioOf(here: number, there: number): number {
  return here === there ? 1 : here / there;
}
