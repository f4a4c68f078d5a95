import type {
  SummarizationGetResult,
  SummarizationSetRequest,
  SummarizationRunRequest,
} from '../../contract/generated/types.js';
import {
  DEFAULT_SUMMARIZATION,
  nextSummarization,
  reasonAgainstInterval,
  type SummarizationSchedule,
} from '../../criteria/summarization.js';
import { SyncError } from '../../errors/SyncError.js';
import type { SiteReads, UpdateSummary } from '../../store/SiteDatabase.js';
import type { SiteContext } from '../SiteContext.js';

const SCHEDULE = 'summarization.schedule';
/** When the last automatic summarization was, in ms. */
const LAST = 'summarization.last';
const SUMMARY = 'summarization.summary';

/** Counts at a time in ms. */
interface StoredSummary extends UpdateSummary {
  readonly time: number;
}

/** `summarization/get`: the schedule, and what the last summarization counted. */
export async function getSummarization({ database }: Pick<SiteContext, 'database'>): Promise<SummarizationGetResult> {
  const schedule = await readSchedule(database);
  const summary = (await database.setting(SUMMARY)) as StoredSummary | undefined;
  const next = nextSummarization(schedule, await readLast(database));
  return {
    schedule: {
      Interval: schedule.interval,
      Unit: schedule.unit,
      LastRunTime: isoOf(summary?.time ?? 0),
      NextRunTime: isoOf(next),
      Updates: summary?.updates ?? 0,
      Current: summary?.current ?? 0,
      Superseded: summary?.superseded ?? 0,
      Expired: summary?.expired ?? 0,
    },
  };
}

/**
 * `summarization/set`; who asks again gets the schedule as it is then.
 * @throws SyncError ContradictoryParameters
 */
export async function setSummarization(
  context: SiteContext,
  { requestId, interval, unit }: SummarizationSetRequest,
): Promise<void> {
  const reason = reasonAgainstInterval({ interval, unit });
  if (reason !== undefined) throw new SyncError('ContradictoryParameters', { reason });
  await context.database.commit({
    settings: { [SCHEDULE]: { interval, unit } },
    request: { requestId, method: 'summarization/set', result: '{}', time: context.now().getTime() },
  });
}

/** `summarization/run`: now; the next automatic one stays where it is. */
export async function runSummarization(context: SiteContext, { requestId }: SummarizationRunRequest): Promise<void> {
  const time = context.now().getTime();
  const summary: StoredSummary = { ...(await context.database.updateSummary()), time };
  await context.database.commit({
    settings: { [SUMMARY]: summary },
    request: { requestId, method: 'summarization/run', result: '{}', time },
  });
}

/** Summarizes when the schedule says so. */
export async function summarizeWhenDue({ database, now }: Pick<SiteContext, 'database' | 'now'>): Promise<void> {
  const time = now().getTime();
  if (nextSummarization(await readSchedule(database), await readLast(database)) > time) return;
  const summary: StoredSummary = { ...(await database.updateSummary()), time };
  await database.commit({ settings: { [SUMMARY]: summary, [LAST]: time } });
}

async function readSchedule(database: SiteReads): Promise<SummarizationSchedule> {
  return ((await database.setting(SCHEDULE)) as SummarizationSchedule | undefined) ?? DEFAULT_SUMMARIZATION;
}

async function readLast(database: SiteReads): Promise<number> {
  return Number((await database.setting(LAST)) ?? 0);
}

function isoOf(time: number): string | null {
  return time === 0 ? null : new Date(time).toISOString();
}
