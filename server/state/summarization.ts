import type { SummarizationGetResult, SummarizationSetRequest } from '../contract/generated/types.js';
import {
  DEFAULT_SUMMARIZATION,
  nextSummarization,
  reasonAgainstInterval,
  type SummarizationSchedule,
} from '../criteria/summarization.js';
import { SyncError } from '../errors/SyncError.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import type { SiteContext } from './SiteContext.js';
import { keepAdvice } from './keeper.js';
import { readState, STATE, stateChange, type StoredSummary } from './siteState.js';

/** `summarization/get`: the schedule, and what the last summarization counted; `LastRunTime` null: counted now. */
export async function getSummarization({ database }: Pick<SiteContext, 'database'>): Promise<SummarizationGetResult> {
  const schedule = await readSchedule(database);
  const stored = await readState(database, STATE.summary);
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
  await context.database.commit({ settings: stateChange({ summarizationSchedule: { interval, unit } }), ...answer });
}

/** `summarization/run`: now; the next automatic one stays where it is. */
export async function runSummarization(context: SiteContext, answer: Pick<SiteChanges, 'request'>): Promise<void> {
  await context.database.commit({ settings: stateChange({ summary: await countNow(context) }), ...answer });
}

/** Summarizes when the schedule says so. */
export async function summarizeWhenDue({ database, now }: Pick<SiteContext, 'database' | 'now'>): Promise<void> {
  if (nextSummarization(await readSchedule(database), await readLast(database)) > now().getTime()) return;
  const summary = await countNow({ database, now });
  await database.commit({ settings: stateChange({ summary, summarizedAt: summary.time }) });
}

/** What is counted now; a synchronization stores it at its end, so that it is never older than the updates. */
export async function countNow({ database, now }: Pick<SiteContext, 'database' | 'now'>): Promise<StoredSummary> {
  return { ...(await database.updateSummary()), time: now().getTime() };
}

async function readSchedule(database: SiteReads): Promise<SummarizationSchedule> {
  return (await readState(database, STATE.summarizationSchedule)) ?? DEFAULT_SUMMARIZATION;
}

async function readLast(database: SiteReads): Promise<number> {
  return (await readState(database, STATE.summarizedAt)) ?? 0;
}

/** Sentences for who sets a schedule that nobody keeps. */
export function summarizationWarnings({ keeper }: Pick<SiteContext, 'keeper'>): string[] {
  if (keeper() === 'Service') return [];
  const what = 'Updates are summarized only while an engine of this site runs, and after each synchronization.';
  return [`${what} ${keepAdvice(keeper())}`];
}

function isoOf(time: number): string | null {
  return time === 0 ? null : new Date(time).toISOString();
}
