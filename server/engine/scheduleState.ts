import { countInterruptions, INTERRUPTED_ATTEMPTS } from '../criteria/decideRun.js';
import { decodeSchedule } from '../schedule/scheduleString.js';
import { spreadOf } from '../schedule/spread.js';
import type { ComponentSettings } from './ComponentSettings.js';
import type { SiteContext } from './SiteContext.js';
import type { BeatFacts, LastRun } from './planBeat.js';
import { siteSettings } from './siteSettings.js';

/**
 * Names of the settings that remember what the schedule has to do; that an occurrence was done the stored run tells.
 */
export const SCHEDULE_STATE = { since: 'schedule.since', refusedAt: 'schedule.refusedAt' } as const;

/** What a beat decides by, as it stands in the site database. */
export async function readBeatFacts(context: SiteContext, isRunning: boolean): Promise<BeatFacts> {
  const settings = await siteSettings(context);
  const since = await context.database.setting(SCHEDULE_STATE.since);
  return beatFacts(context, settings, { isRunning, scheduledSince: numberOf(since) });
}

/** The same for settings that are about to be stored. */
export async function beatFacts(
  context: SiteContext,
  settings: ComponentSettings,
  known: { isRunning: boolean; scheduledSince: number },
): Promise<BeatFacts> {
  const { database, zone } = context;
  const runs = (await database.runs({ newest: INTERRUPTED_ATTEMPTS })).map((json) => JSON.parse(json) as LastRun);
  return {
    ...known,
    parent: context.parent?.siteCode,
    now: context.now().getTime(),
    tokens: decodeSchedule(settings.schedule),
    spread: spreadOf(settings.scheduleSpreadMinutes, context.site.siteGuid),
    zone,
    hasSource: hasSource(settings),
    refusedAt: numberOf(await database.setting(SCHEDULE_STATE.refusedAt)),
    lastRun: runs[0],
    interruptions: countInterruptions(runs),
  };
}

/**
 * The part of a transaction that begins a new count of occurrences, where the settings change the schedule or give the
 * site
 * a source again: what occurred before is not missed.
 */
export function scheduleChange(
  before: ComponentSettings,
  after: ComponentSettings,
  now: Date,
): Readonly<Record<string, unknown>> {
  const isOther = before.schedule !== after.schedule || before.scheduleSpreadMinutes !== after.scheduleSpreadMinutes;
  const isNew = isOther || (!hasSource(before) && hasSource(after));
  return isNew ? { [SCHEDULE_STATE.since]: now.getTime() } : {};
}

function hasSource(settings: ComponentSettings): boolean {
  return settings.synchronizeAction !== 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
