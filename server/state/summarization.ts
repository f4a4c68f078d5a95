import type { SummarizationGetResult, SummarizationSetRequest } from '../contract/generated/types.js';
import {
  DEFAULT_SUMMARIZATION,
  nextSummarization,
  reasonAgainstInterval,
  type SummarizationSchedule,
} from '../criteria/summarization.js';
import { SyncError } from '../errors/SyncError.js';
import type { SiteReads, UpdateSummary } from '../store/SiteDatabase.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import type { SiteContext } from './SiteContext.js';
import { keepAdvice } from './keeper.js';

const SCHEDULE = 'summarization.schedule';
/** When the last automatic summarization was, in ms. */
const LAST = 'summarization.last';
const SUMMARY = 'summarization.summary';

/** Counts at a time in ms. */
interface StoredSummary extends UpdateSummary {
  readonly time: number;
}

/** `summarization/get`: the schedule, and what the last summarization counted; `LastRunTime` null: counted now. */
export async function getSummarization({ database }: Pick<SiteContext, 'database'>): Promise<SummarizationGetResult> {
  const schedule = await readSchedule(database);
  const stored = (await database.setting(SUMMARY)) as StoredSummary | undefined;
  // A site that was never summarized is counted now: zeros would say that it has no updates.
  const summary = stored ?? (await database.updateSummary());
  const next = nextSummarization(schedule, await readLast(database));
  return {
    schedule: {
      Interval: schedule.interval,
      Unit: schedule.unit,
      LastRunTime: isoOf(stored?.time ?? 0),
      NextRunTime: isoOf(next),
      Updates: summary.updates,
      Current: summary.current,
      Superseded: summary.superseded,
      Expired: summary.expired,
    },
  };
}

/**
 * `summarization/set`; who asks again gets the schedule as it is then.
 * @throws SyncError ContradictoryParameters
 */
export async function setSummarization(
  context: SiteContext,
  { interval, unit }: SummarizationSetRequest,
  answer: Pick<SiteChanges, 'request'>,
): Promise<void> {
  const reason = reasonAgainstInterval({ interval, unit });
  if (reason !== undefined) throw new SyncError('ContradictoryParameters', { reason });
  await context.database.commit({ settings: { [SCHEDULE]: { interval, unit } }, ...answer });
}

/** `summarization/run`: now; the next automatic one stays where it is. */
export async function runSummarization(context: SiteContext, answer: Pick<SiteChanges, 'request'>): Promise<void> {
  await context.database.commit({ settings: { [SUMMARY]: await countNow(context) }, ...answer });
}

/** What a synchronization stores at its end, so that the counts are never older than the updates that they count. */
export async function summaryChange(
  context: Pick<SiteContext, 'database' | 'now'>,
): Promise<Readonly<Record<string, unknown>>> {
  return { [SUMMARY]: await countNow(context) };
}

/** Summarizes when the schedule says so. */
export async function summarizeWhenDue({ database, now }: Pick<SiteContext, 'database' | 'now'>): Promise<void> {
  if (nextSummarization(await readSchedule(database), await readLast(database)) > now().getTime()) return;
  const summary = await countNow({ database, now });
  await database.commit({ settings: { [SUMMARY]: summary, [LAST]: summary.time } });
}

async function countNow({ database, now }: Pick<SiteContext, 'database' | 'now'>): Promise<StoredSummary> {
  return { ...(await database.updateSummary()), time: now().getTime() };
}

async function readSchedule(database: SiteReads): Promise<SummarizationSchedule> {
  return ((await database.setting(SCHEDULE)) as SummarizationSchedule | undefined) ?? DEFAULT_SUMMARIZATION;
}

async function readLast(database: SiteReads): Promise<number> {
  return Number((await database.setting(LAST)) ?? 0);
}

/** Sentences for who sets a schedule that nobody keeps. */
export function summarizationWarnings({ keeper }: Pick<SiteContext, 'keeper'>): string[] {
  if (keeper() === 'Service') return [];
  const what = 'Updates are only summarized while an engine of this site runs, and after each synchronization.';
  return [`${what} ${keepAdvice(keeper())}`];
}

function isoOf(time: number): string | null {
  return time === 0 ? null : new Date(time).toISOString();
}
