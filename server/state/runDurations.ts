import type { Run } from '../contract/generated/types.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import type { StatusRow } from './storedStatuses.js';
import { readRuns } from './storedRuns.js';

/** How long synchronizations take, in seconds; nothing where there were not two yet. */
export type Durations = Partial<Pick<StatusRow, 'MeanDurationSeconds' | 'DurationDeviationSeconds'>>;

/** Successes that the mean is made of. */
const RECENT = 20;

/** Of the last successes, with the run that is one now. */
export async function durationsUntil(database: Pick<SiteReads, 'runs'>, run: Run): Promise<Durations> {
  const earlier = await readRuns(database, { newest: RECENT - 1, state: 'Succeeded', before: run.Id });
  if (earlier.length === 0) return {};
  const seconds = [run, ...earlier].map(({ DurationSeconds }) => DurationSeconds);
  const mean = meanOf(seconds);
  const deviation = Math.sqrt(meanOf(seconds.map((one) => (one - mean) ** 2)));
  return { MeanDurationSeconds: rounded(mean), DurationDeviationSeconds: rounded(deviation) };
}

/** Those of a row, where it has them. */
export function durationsOf(row: StatusRow | undefined): Durations {
  const { MeanDurationSeconds: mean, DurationDeviationSeconds: deviation } = row ?? {};
  return mean == null || deviation == null ? {} : { MeanDurationSeconds: mean, DurationDeviationSeconds: deviation };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
