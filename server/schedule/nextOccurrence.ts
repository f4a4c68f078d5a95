import type { RecurInterval, ScheduleToken } from './ScheduleToken.js';
import { DAY, HOUR, MINUTE, parseWallTime } from './wallTime.js';
import { wallOccurrences } from './wallOccurrences.js';
import { toInstant, toWall, UTC, type Zone } from './Zone.js';

/**
 * The first instant strictly after `after` at which one of the tokens occurs; `zone` is that of the site server and
 * counts
 * for tokens that are not in UTC. Undefined when none occurs any more.
 * Days, weeks and months follow the clock on the wall; spans with hours or minutes are real time from the start.
 */
export function nextOccurrence(tokens: readonly ScheduleToken[], after: Date, zone: Zone): Date | undefined {
  const found = tokens
    .map((token) => nextOf(token, after.getTime(), token.IsGMT ? UTC : zone))
    .filter((instant) => instant !== undefined);
  return found.length === 0 ? undefined : new Date(Math.min(...found));
}

function nextOf(token: ScheduleToken, after: number, zone: Zone): number | undefined {
  if (token.ClassName === 'SMS_ST_RecurInterval' && (token.HourSpan > 0 || token.MinuteSpan > 0))
    return nextSpan(token, after, zone);
  // A day earlier, because the clock may have gone back in between.
  for (const wall of wallOccurrences(token, toWall(zone, after) - DAY)) {
    const instant = toInstant(zone, wall);
    if (instant > after) return instant;
  }
  return undefined;
}

function nextSpan(token: RecurInterval, after: number, zone: Zone): number {
  const start = toInstant(zone, parseWallTime(token.StartTime) ?? 0);
  const span = token.DaySpan * DAY + token.HourSpan * HOUR + token.MinuteSpan * MINUTE;
  return after < start ? start : start + (Math.floor((after - start) / span) + 1) * span;
}
