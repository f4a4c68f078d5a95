import { whyUnkept } from './keeper.js';
import type { Keeper } from './keeper.js';
import type { Run } from '../contract/generated/types.js';
import { countInterruptions, INTERRUPTED_ATTEMPTS, wasInterrupted } from '../criteria/decideRun.js';
import type { ScheduleToken } from '../schedule/ScheduleToken.js';
import { nextOccurrence } from '../schedule/nextOccurrence.js';
import { decodeSchedule } from '../schedule/scheduleString.js';
import { delayOf, describeSchedule, type Spread, spreadOf } from '../schedule/spread.js';
import { DAY, HOUR, MINUTE, toWall, wallText, type Zone } from '../schedule/zone.js';
import type { ComponentSettings } from './ComponentSettings.js';
import type { SiteContext } from './SiteContext.js';
import { siteSettings } from './inheritedSettings.js';
import { readState, STATE } from './siteState.js';
import { readRuns } from './storedRuns.js';

/** After a failed run it is tried again so many ms later, endlessly. */
export const RETRY_AFTER = HOUR;

/** What of the last run counts for the next. */
export type LastRun = Pick<Run, 'Id' | 'State' | 'Requester' | 'Kind' | 'StartTime' | 'EndTime' | 'ErrorId'>;

/** All that decides when the next synchronization starts; times in ms since 1970 UTC. */
export interface ScheduleFacts {
  readonly now: number;
  /** None below a parent. */
  readonly tokens: readonly ScheduleToken[];
  /** How much later than its schedule says this site starts; absent: not at all. */
  readonly spread?: Spread | undefined;
  /** Site code of the parent, on whose request the site synchronizes. */
  readonly parent?: string | undefined;
  readonly zone: Zone;
  /** The site has a source to synchronize from. */
  readonly hasSource: boolean;
  readonly isRunning: boolean;
  /** When the schedule was set: what occurred until then is nobody's. 0 for never. */
  readonly scheduledSince: number;
  /** When a start of this kind was last refused. 0 for never. */
  readonly refusedAt: number;
  readonly lastRun: LastRun | undefined;
  /** How many runs in a row, the last one among them, ended with their engine. */
  readonly interruptions: number;
}

/**
 * The synchronization that starts by itself next; `time` is not after now when it is due, undefined when none comes.
 */
export interface NextSync {
  readonly requester: 'Schedule' | 'Retry';
  readonly time: number | undefined;
  /** `schedule`, `missed at …`, `retry after failed run …`, or why none comes. */
  readonly reason: string;
}

/** Why the next one comes, and that nobody keeps the time where no engine stays. */
export function shownReason(
  { time, reason }: NextSync,
  { keeper, isChild }: { keeper: Keeper; isChild: boolean },
): string {
  const why = time !== undefined || isChild ? whyUnkept(keeper) : undefined;
  return why === undefined ? reason : `${reason}; only while an engine runs, because ${why}`;
}

/** The synchronization to start at this tick; none while one runs, so that none overlaps. */
export function nextRun(facts: ScheduleFacts): NextSync | undefined {
  const next = nextSync(facts);
  return facts.isRunning || next.time === undefined || next.time > facts.now ? undefined : next;
}

/**
 * When and why the next synchronization starts by itself. However much was missed, it is one; the schedule goes before
 * a retry.
 */
export function nextSync(facts: ScheduleFacts): NextSync {
  if (!facts.hasSource) return none('no synchronization source');
  const regular = nextRegular(facts);
  const retry = facts.isRunning ? undefined : retryTime(facts);
  if (retry !== undefined && (regular === undefined || (regular > facts.now && retry < regular))) {
    return { requester: 'Retry', time: retry, reason: `retry after failed run ${facts.lastRun?.Id ?? '?'}` };
  }
  if (regular === undefined) return none(whyNone(facts));
  const isMissed = regular + MINUTE <= facts.now;
  return {
    requester: 'Schedule',
    time: regular,
    reason: isMissed
      ? `missed at ${wallText(toWall(facts.zone, regular)).slice(0, 16).replace('T', ' ')}`
      : regularReason(facts),
  };
}

function nextRegular(facts: ScheduleFacts): number | undefined {
  const occurrence = nextOccurrence(facts.tokens, new Date(handledUntil(facts)), facts.zone)?.getTime();
  return occurrence === undefined ? undefined : occurrence + delayOf(facts.spread);
}

function regularReason({ tokens, spread }: ScheduleFacts): string {
  return spread === undefined || spread.minutes === 0 ? 'schedule' : `schedule: ${describeSchedule(tokens, spread)}`;
}

function whyNone({ tokens, parent }: ScheduleFacts): string {
  if (parent !== undefined) return `on request of the parent site ${parent}`;
  return tokens.length === 0 ? 'no schedule' : 'the schedule does not occur again';
}

function none(reason: string): NextSync {
  return { requester: 'Schedule', time: undefined, reason };
}

/**
 * What occurred until then is done: by a run, at its start and while it went on, or it was never to be done. What the
 * site still waits for has occurred already, and is not done by what ran before its time.
 */
function handledUntil(facts: ScheduleFacts): number {
  const { now, lastRun, isRunning, spread, scheduledSince } = facts;
  const delay = delayOf(spread);
  if (isRunning) return Math.max(now - delay, scheduledSince <= now ? scheduledSince : 0);
  const ran =
    lastRun === undefined
      ? 0
      : Date.parse(wasInterrupted(lastRun) ? lastRun.StartTime : (lastRun.EndTime ?? lastRun.StartTime));
  // A clock that was far ahead for a while must not silence the schedule until then.
  const credible = [scheduledSince, facts.refusedAt - delay, ran - delay].filter((time) => time <= now + DAY);
  return credible.length > 0 ? Math.max(...credible) : now - MINUTE - delay;
}

/**
 * When a failed run is tried again: what the schedule had begun and an engine's end cut off as soon as there is an
 * engine.
 */
function retryTime({ now, lastRun, refusedAt, interruptions }: ScheduleFacts): number | undefined {
  // An import is not what the schedule does; its package may be gone.
  if (lastRun?.State !== 'Failed' || lastRun.Requester === 'Import') return undefined;
  const ended = Math.max(Date.parse(lastRun.EndTime ?? lastRun.StartTime), refusedAt);
  if (ended > now + HOUR) return now;
  const isOwn = lastRun.Requester !== 'Command';
  const isAtOnce =
    wasInterrupted(lastRun) &&
    isOwn &&
    interruptions < INTERRUPTED_ATTEMPTS &&
    refusedAt <= Date.parse(lastRun.StartTime);
  return isAtOnce ? ended : ended + RETRY_AFTER;
}

/** What a tick decides by, as it stands in the site database. */
export async function readScheduleFacts(context: SiteContext, isRunning: boolean): Promise<ScheduleFacts> {
  const settings = await siteSettings(context);
  const scheduledSince = (await readState(context.database, STATE.scheduledSince)) ?? 0;
  return scheduleFacts(context, settings, { isRunning, scheduledSince });
}

/** The same for settings that are about to be stored. */
export async function scheduleFacts(
  context: SiteContext,
  settings: ComponentSettings,
  known: { isRunning: boolean; scheduledSince: number },
): Promise<ScheduleFacts> {
  const { database, zone } = context;
  const runs = await readRuns(database, { newest: INTERRUPTED_ATTEMPTS });
  return {
    ...known,
    parent: context.parent?.siteCode,
    now: context.now().getTime(),
    tokens: decodeSchedule(settings.schedule),
    spread: spreadOf(settings.scheduleSpreadMinutes, context.site.siteGuid),
    zone,
    hasSource: hasSource(settings),
    refusedAt: (await readState(database, STATE.refusedAt)) ?? 0,
    lastRun: runs[0],
    interruptions: countInterruptions(runs),
  };
}

/**
 * From when on occurrences count (ms), where the settings change the schedule or give the site a source again: what
 * occurred before is not missed. Another spread moves what the site still waits for, and does nothing twice. Undefined
 * where the count goes on.
 * @param facts as they stand before the change
 */
export function newCountSince(
  before: ComponentSettings,
  after: ComponentSettings,
  facts: ScheduleFacts,
): number | undefined {
  if (before.schedule !== after.schedule || (!hasSource(before) && hasSource(after))) return facts.now;
  const isMoved = before.scheduleSpreadMinutes !== after.scheduleSpreadMinutes;
  return isMoved ? handledUntil(facts) : undefined;
}

function hasSource(settings: ComponentSettings): boolean {
  return settings.synchronizeAction !== 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource';
}
