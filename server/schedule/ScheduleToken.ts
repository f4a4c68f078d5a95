import type { TokenClass } from './tokenLayout.js';

/**
 * What every token has. `StartTime` is wall time without a zone, such as `2026-11-25T02:00:00`: of UTC when `IsGMT`,
 * else of the site server.
 */
interface TokenBase<C extends TokenClass> {
  readonly ClassName: C;
  readonly StartTime: string;
  readonly IsGMT: boolean;
  readonly DayDuration: number;
  readonly HourDuration: number;
  readonly MinuteDuration: number;
}

/** Once, at the start. */
export type NonRecurring = TokenBase<'SMS_ST_NonRecurring'>;

/** Every so many days, hours and minutes from the start. */
export interface RecurInterval extends TokenBase<'SMS_ST_RecurInterval'> {
  readonly DaySpan: number;
  readonly HourSpan: number;
  readonly MinuteSpan: number;
}

/** On one weekday (1 Sunday to 7 Saturday) of every so many weeks. */
export interface RecurWeekly extends TokenBase<'SMS_ST_RecurWeekly'> {
  readonly Day: number;
  readonly ForNumberOfWeeks: number;
}

/** On a weekday of a week (0 last, 1 first to 4 fourth) of every so many months. */
export interface RecurMonthlyByWeekday extends TokenBase<'SMS_ST_RecurMonthlyByWeekday'> {
  readonly Day: number;
  readonly ForNumberOfMonths: number;
  readonly WeekOrder: number;
}

/** So many days after a weekday of a week: the product's class for New-CMSchedule -OffsetDay. */
export interface RecurMonthlyByWeekdayBase extends TokenBase<'SMS_ST_RecurMonthlyByWeekdayBase'> {
  readonly Day: number;
  readonly ForNumberOfMonths: number;
  readonly WeekOrder: number;
  readonly Offset: number;
}

/** On a day (0: the last one) of every so many months. */
export interface RecurMonthlyByDate extends TokenBase<'SMS_ST_RecurMonthlyByDate'> {
  readonly MonthDay: number;
  readonly ForNumberOfMonths: number;
}

/** A schedule token (SMS_ScheduleToken) of one of the product's classes. */
export type ScheduleToken =
  NonRecurring | RecurInterval | RecurWeekly | RecurMonthlyByWeekday | RecurMonthlyByWeekdayBase | RecurMonthlyByDate;
