import type {
  RecurInterval,
  RecurMonthlyByDate,
  RecurMonthlyByWeekday,
  RecurMonthlyByWeekdayBase,
  RecurWeekly,
  ScheduleToken,
} from './ScheduleToken.js';
import { DAY, HOUR, MINUTE, parseWallTime, toInstant, toWall, UTC } from './zone.js';
import type { Zone } from './zone.js';

/** How many months without the day are tried in a row: 29 February comes again within eight years. */
const MONTHS_TO_TRY = 12 * 12;

/**
 * Wall times of a token at or after its start, ascending, beginning no later than the first one at or after `from`.
 * Weeks and months are counted from the first occurrence. A month without the day is skipped.
 */
function* wallOccurrences(token: ScheduleToken, from: number): Generator<number, void, undefined> {
  const start = parseWallTime(token.StartTime) ?? 0;
  switch (token.ClassName) {
    case 'SMS_ST_NonRecurring':
      yield start;
      return;
    case 'SMS_ST_RecurInterval':
      yield* every(token.DaySpan * DAY, start, from);
      return;
    case 'SMS_ST_RecurWeekly':
      yield* every(token.ForNumberOfWeeks * 7 * DAY, firstWeekday(token, start), from);
      return;
    default:
      yield* monthly(token, start, from);
  }
}

function* every(step: number, first: number, from: number): Generator<number, void, undefined> {
  for (let count = Math.max(0, Math.floor((from - first) / step)); ; count += 1) yield first + count * step;
}

function firstWeekday(token: RecurWeekly, start: number): number {
  return start + ((token.Day - 1 - new Date(start).getUTCDay() + 7) % 7) * DAY;
}

type Monthly = RecurMonthlyByWeekday | RecurMonthlyByWeekdayBase | RecurMonthlyByDate;

function* monthly(token: Monthly, start: number, from: number): Generator<number, void, undefined> {
  const timeOfDay = start % DAY;
  const at = (month: number): number | undefined => {
    const day = dayIn(token, month);
    return day === undefined ? undefined : day + timeOfDay;
  };
  // An offset carries the last weekday of a month into the next one.
  const earliest = monthOf(start) - 1;
  const first = Array.from({ length: MONTHS_TO_TRY }, (_unused, index) => earliest + index).find(
    (month) => (at(month) ?? -Infinity) >= start,
  );
  if (first === undefined) return;
  const step = token.ForNumberOfMonths;
  const skipped = Math.max(0, Math.floor((monthOf(from) - 1 - first) / step));
  for (let month = first + skipped * step, tries = 0; tries < MONTHS_TO_TRY; month += step) {
    const wall = at(month);
    tries = wall === undefined ? tries + 1 : 0;
    if (wall !== undefined) yield wall;
  }
}

/** Months since year 0. */
function monthOf(wall: number): number {
  const date = new Date(wall);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Midnight of the day a monthly token means in a month. */
function dayIn(token: Monthly, month: number): number | undefined {
  const [first, next] = [firstDayOf(month), firstDayOf(month + 1)];
  if (token.ClassName === 'SMS_ST_RecurMonthlyByDate') {
    const day = token.MonthDay === 0 ? next - DAY : first + (token.MonthDay - 1) * DAY;
    return day < next ? day : undefined;
  }
  const base = token.WeekOrder === 0 ? lastWeekday(next - DAY, token.Day) : nthWeekday(first, token);
  return base + ('Offset' in token ? token.Offset : 0) * DAY;
}

function firstDayOf(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12);
}

function lastWeekday(lastDay: number, day: number): number {
  return lastDay - ((new Date(lastDay).getUTCDay() - (day - 1) + 7) % 7) * DAY;
}

function nthWeekday(firstDay: number, { Day, WeekOrder }: { Day: number; WeekOrder: number }): number {
  return firstDay + (((Day - 1 - new Date(firstDay).getUTCDay() + 7) % 7) + (WeekOrder - 1) * 7) * DAY;
}

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
