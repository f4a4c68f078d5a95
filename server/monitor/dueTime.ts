import type { ScheduleFacts } from '../state/nextRun.js';
import { nextOccurrence } from '../schedule/nextOccurrence.js';
import { delayOf } from '../schedule/spread.js';
import { DAY } from '../schedule/zone.js';

/** How often a site is to synchronize: its schedule, or that it has none. */
export type Rhythm = Pick<ScheduleFacts, 'tokens' | 'spread' | 'zone' | 'scheduledSince' | 'hasSource' | 'parent'>;

/** When the success after the last one is due, and how long it may take from then on. */
export interface Due {
  readonly time: number;
  readonly patience: number;
  readonly by: 'Schedule' | 'Nobody' | 'Import';
}

/** Without a schedule a week without success is told; packages that are carried come once a month. */
export const WITHOUT_SCHEDULE = 7 * DAY;
const BY_IMPORT = 35 * DAY;

/**
 * When what comes after `last` is due: at the next occurrence of the schedule, with as long as until the one after, a
 * day at most. Undefined below a parent, which says when.
 * @param last of a site without a source the last import, else the last success
 */
export function dueAfter(last: number, { tokens, spread, zone, scheduledSince, ...rhythm }: Rhythm): Due | undefined {
  if (rhythm.parent !== undefined) return undefined;
  if (!rhythm.hasSource) return { time: last + BY_IMPORT, patience: 0, by: 'Import' };
  if (tokens.length === 0) return { time: last + WITHOUT_SCHEDULE, patience: 0, by: 'Nobody' };
  const first = nextOccurrence(tokens, new Date(Math.max(last, scheduledSince)), zone);
  if (first === undefined) return { time: last + WITHOUT_SCHEDULE, patience: 0, by: 'Nobody' };
  const second = nextOccurrence(tokens, first, zone);
  const patience = Math.min(DAY, (second?.getTime() ?? Number.POSITIVE_INFINITY) - first.getTime());
  return { time: first.getTime() + delayOf(spread), patience, by: 'Schedule' };
}
