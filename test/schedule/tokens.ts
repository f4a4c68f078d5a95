import fc from 'fast-check';
import type { ScheduleToken } from '../../server/schedule/ScheduleToken.js';
import { readToken } from '../../server/schedule/readToken.js';
import { MINUTE, wallText } from '../../server/schedule/zone.js';

const between = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const LAST_START = Date.UTC(2033, 11, 31, 23, 59);

/** What a token of each class may have of its own. */
const own: readonly fc.Arbitrary<Record<string, unknown>>[] = [
  fc.constant({ ClassName: 'SMS_ST_NonRecurring' }),
  fc
    .record({
      ClassName: fc.constant('SMS_ST_RecurInterval'),
      DaySpan: between(0, 31),
      HourSpan: between(0, 23),
      MinuteSpan: between(0, 59),
    })
    .filter((span) => span.DaySpan + span.HourSpan + span.MinuteSpan > 0),
  fc.record({ ClassName: fc.constant('SMS_ST_RecurWeekly'), Day: between(1, 7), ForNumberOfWeeks: between(1, 4) }),
  fc.record({
    ClassName: fc.constant('SMS_ST_RecurMonthlyByWeekday'),
    Day: between(1, 7),
    ForNumberOfMonths: between(1, 12),
    WeekOrder: between(0, 4),
  }),
  fc.record({
    ClassName: fc.constant('SMS_ST_RecurMonthlyByWeekdayBase'),
    Day: between(1, 7),
    ForNumberOfMonths: between(1, 12),
    WeekOrder: between(0, 4),
    Offset: between(0, 7),
  }),
  fc.record({
    ClassName: fc.constant('SMS_ST_RecurMonthlyByDate'),
    MonthDay: between(0, 31),
    ForNumberOfMonths: between(1, 12),
  }),
];

/** Any token that starts between two wall times. */
export function tokenFrom(first: number, last: number): fc.Arbitrary<ScheduleToken> {
  const common = fc.record({
    StartTime: between(first / MINUTE, last / MINUTE).map((minute) => wallText(minute * MINUTE)),
    IsGMT: fc.boolean(),
    DayDuration: between(0, 31),
    HourDuration: between(0, 23),
    MinuteDuration: between(0, 59),
  });
  return fc.tuple(common, fc.oneof(...own)).map(([shared, rest]) => readToken({ ...shared, ...rest }));
}

/** Any token at all. */
export const anyToken = tokenFrom(0, LAST_START);

/** A token from its properties. */
export function token(
  ClassName: ScheduleToken['ClassName'],
  StartTime: string,
  rest: Record<string, unknown> = {},
): ScheduleToken {
  return readToken({ ClassName, StartTime, ...rest });
}
