import type { ScheduleToken } from './ScheduleToken.js';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const ORDERS = ['last', 'first', 'second', 'third', 'fourth'] as const;

/** When a token recurs, in words such as `second Tuesday of every month, 1 day later`. */
export function describeToken(token: ScheduleToken): string {
  switch (token.ClassName) {
    case 'SMS_ST_NonRecurring':
      return 'once';
    case 'SMS_ST_RecurInterval':
      return `every ${spans(token).join(' and ')}`;
    case 'SMS_ST_RecurWeekly':
      return `${weekday(token.Day)} of every ${step(token.ForNumberOfWeeks, 'week')}`;
    case 'SMS_ST_RecurMonthlyByDate':
      return (
        `${token.MonthDay === 0 ? 'last day' : `day ${token.MonthDay}`} of ` +
        `every ${step(token.ForNumberOfMonths, 'month')}`
      );
    default: {
      const day =
        `${ORDERS[token.WeekOrder] ?? ''} ${weekday(token.Day)} of ` +
        `every ${step(token.ForNumberOfMonths, 'month')}`;
      return 'Offset' in token ? `${day}, ${counted(token.Offset, 'day')} later` : day;
    }
  }
}

/** The duration of a token: `2 hours and 59 minutes`, '' for none. */
export function describeDuration(token: ScheduleToken): string {
  return parts([
    [token.DayDuration, 'day'],
    [token.HourDuration, 'hour'],
    [token.MinuteDuration, 'minute'],
  ]).join(' and ');
}

function spans(token: { DaySpan: number; HourSpan: number; MinuteSpan: number }): readonly string[] {
  return parts([
    [token.DaySpan, 'day'],
    [token.HourSpan, 'hour'],
    [token.MinuteSpan, 'minute'],
  ]);
}

function parts(counts: readonly (readonly [count: number, unit: string])[]): readonly string[] {
  return counts.filter(([count]) => count > 0).map(([count, unit]) => counted(count, unit));
}

function weekday(day: number): string {
  return WEEKDAYS[day - 1] ?? '';
}

function step(count: number, unit: string): string {
  return count === 1 ? unit : counted(count, unit);
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
