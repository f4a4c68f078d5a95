/** How often software updates are summarized. */
export interface SummarizationSchedule {
  readonly interval: number;
  readonly unit: SummarizationUnit;
}

type SummarizationUnit = 'Days' | 'Hours' | 'Minutes';

/** Smallest and largest interval of each unit (configmgr.md section 1.7), and its length in ms. */
export const SUMMARIZATION_UNIT = {
  Minutes: { least: 10, most: 59, length: 60_000 },
  Hours: { least: 1, most: 23, length: 3_600_000 },
  Days: { least: 1, most: 31, length: 86_400_000 },
} as const;

export const DEFAULT_SUMMARIZATION: SummarizationSchedule = { interval: 12, unit: 'Hours' };

/** Why an interval cannot be, undefined where it can. */
export function reasonAgainstInterval({ interval, unit }: SummarizationSchedule): string | undefined {
  const { least, most } = SUMMARIZATION_UNIT[unit];
  return interval >= least && interval <= most
    ? undefined
    : `Interval ${interval} is not possible: ${unit} go from ${least} to ${most}`;
}

/**
 * When the next automatic summarization is due, in ms; `last`: the last automatic one, 0 for none, after which it is
 * due at once.
 */
export function nextSummarization({ interval, unit }: SummarizationSchedule, last: number): number {
  return last === 0 ? 0 : last + interval * SUMMARIZATION_UNIT[unit].length;
}
