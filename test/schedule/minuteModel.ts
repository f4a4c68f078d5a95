import type { ScheduleToken } from '../../server/schedule/ScheduleToken.js';
import { DAY, HOUR, MINUTE, parseWallTime, UTC } from '../../server/schedule/zone.js';
import type { Zone } from '../../server/schedule/zone.js';

/**
 * The slow truth: walks minute by minute and asks of every minute the clock shows (or skips) whether the token occurs
 * then.
 * Minutes that the clock shows a second time count no more.
 */
export function occurrencesByMinute(
  token: ScheduleToken,
  range: { from: number; to: number },
  siteZone: Zone,
): number[] {
  const zone = token.IsGMT ? UTC : siteZone;
  const found: number[] = [];
  let shown = range.from - MINUTE + zone.offsetAt(range.from - MINUTE);
  const start = elapsedStart(token, zone);
  // An autumn night that began before the range has shown more already.
  for (let instant = range.from - 3 * HOUR; instant < range.from; instant += MINUTE)
    shown = Math.max(shown, instant + zone.offsetAt(instant));
  for (let instant = range.from; instant < range.to; instant += MINUTE) {
    const now = instant + zone.offsetAt(instant);
    let isHit = start !== undefined && hitsElapsed(token, instant, start);
    for (let wall = shown + MINUTE; wall <= now; wall += MINUTE) isHit ||= start === undefined && hitsWall(token, wall);
    if (isHit) found.push(instant);
    shown = Math.max(shown, now);
  }
  return found;
}

/** The instant that spans of hours and minutes are counted from. */
function elapsedStart(token: ScheduleToken, zone: Zone): number | undefined {
  if (token.ClassName !== 'SMS_ST_RecurInterval' || token.HourSpan + token.MinuteSpan === 0) return undefined;
  let start = wallStart(token) - DAY;
  while (start + zone.offsetAt(start) < wallStart(token)) start += MINUTE;
  return start;
}

function hitsElapsed(token: ScheduleToken, instant: number, start: number): boolean {
  if (token.ClassName !== 'SMS_ST_RecurInterval') return false;
  const span = token.DaySpan * DAY + token.HourSpan * HOUR + token.MinuteSpan * MINUTE;
  return instant >= start && (instant - start) % span === 0;
}

function hitsWall(token: ScheduleToken, wall: number): boolean {
  const start = wallStart(token);
  if (wall < start || (wall - start) % DAY !== 0) return false;
  const isFirst = (): boolean => !earlierDays(start, wall).some((day) => isDay(token, day));
  if (token.ClassName === 'SMS_ST_NonRecurring') return wall === start;
  if (token.ClassName === 'SMS_ST_RecurInterval') return ((wall - start) / DAY) % token.DaySpan === 0;
  if (!isDay(token, wall)) return false;
  const first = isFirst() ? wall : (earlierDays(start, wall).find((day) => isDay(token, day)) ?? wall);
  return (
    stepsBetween(token, first, wall) %
      ('ForNumberOfWeeks' in token ? token.ForNumberOfWeeks : token.ForNumberOfMonths) ===
    0
  );
}

function wallStart(token: ScheduleToken): number {
  return parseWallTime(token.StartTime) ?? Number.NaN;
}

function earlierDays(start: number, wall: number): number[] {
  return Array.from({ length: (wall - start) / DAY }, (_unused, index) => start + index * DAY);
}

function isDay(token: ScheduleToken, wall: number): boolean {
  if (token.ClassName === 'SMS_ST_RecurMonthlyByDate')
    return (
      new Date(wall).getUTCDate() === token.MonthDay ||
      (token.MonthDay === 0 && new Date(wall + DAY).getUTCDate() === 1)
    );
  if (!('Day' in token)) return false;
  const base = wall - offsetOf(token) * DAY;
  const date = new Date(base);
  if (date.getUTCDay() !== token.Day - 1) return false;
  if (!('WeekOrder' in token)) return true;
  return token.WeekOrder === 0
    ? new Date(base + 7 * DAY).getUTCMonth() !== date.getUTCMonth()
    : Math.ceil(date.getUTCDate() / 7) === token.WeekOrder;
}

function offsetOf(token: ScheduleToken): number {
  return 'Offset' in token ? token.Offset : 0;
}

function stepsBetween(token: ScheduleToken, first: number, wall: number): number {
  if (token.ClassName === 'SMS_ST_RecurWeekly') return Math.round((wall - first) / (7 * DAY));
  const months = (time: number): number => {
    const date = new Date(time - offsetOf(token) * DAY);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  return months(wall) - months(first);
}
