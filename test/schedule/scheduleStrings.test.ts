import { expect } from 'chai';
import fc from 'fast-check';
import { SyncError } from '../../server/errors/SyncError.js';
import { describeDuration, describeToken } from '../../server/schedule/describeToken.js';
import { readToken } from '../../server/schedule/readToken.js';
import { decodeSchedule, encodeSchedule } from '../../server/schedule/scheduleString.js';
import { repetitions } from '../fixtures/repetitions.js';
import { anyToken } from './tokens.js';

const NONE = { IsGMT: false, DayDuration: 0, HourDuration: 0, MinuteDuration: 0 };
const SEVEN_HOURS = { ...NONE, HourDuration: 7 };
const errorOf = (work: () => unknown): SyncError => {
  try {
    work();
  } catch (error) {
    if (error instanceof SyncError) return error;
    throw error;
  }
  throw new TypeError('nothing was thrown');
};

describe('Schedule strings', () => {
  const vectors: readonly (readonly [string, readonly object[]])[] = [
    [
      '0001200000100038',
      [
        {
          ...NONE,
          ClassName: 'SMS_ST_RecurInterval',
          StartTime: '1970-02-01T00:00:00',
          DaySpan: 7,
          HourSpan: 0,
          MinuteSpan: 0,
        },
      ],
    ],
    [
      '55147880001B2000',
      [{ ...NONE, ClassName: 'SMS_ST_RecurWeekly', StartTime: '2004-07-20T08:21:00', Day: 3, ForNumberOfWeeks: 1 }],
    ],
    [
      '791378800008000055147880001B200055177880001E2000',
      [
        { ...NONE, ClassName: 'SMS_ST_NonRecurring', StartTime: '2004-07-19T08:30:00' },
        { ...NONE, ClassName: 'SMS_ST_RecurWeekly', StartTime: '2004-07-20T08:21:00', Day: 3, ForNumberOfWeeks: 1 },
        { ...NONE, ClassName: 'SMS_ST_RecurWeekly', StartTime: '2004-07-23T08:21:00', Day: 6, ForNumberOfWeeks: 1 },
      ],
    ],
    [
      '02C159C0381A200002C159C0381B200002C159C0381C200002C159C0381D200002C159C0381E2000',
      [2, 3, 4, 5, 6].map((Day) => ({
        ...SEVEN_HOURS,
        ClassName: 'SMS_ST_RecurWeekly',
        StartTime: '2009-05-01T22:00:00',
        Day,
        ForNumberOfWeeks: 1,
      })),
    ],
    [
      '1033BC7B10100010',
      [
        {
          ...NONE,
          HourDuration: 2,
          MinuteDuration: 59,
          ClassName: 'SMS_ST_RecurInterval',
          StartTime: '2019-11-19T01:04:00',
          DaySpan: 2,
          HourSpan: 0,
          MinuteSpan: 0,
        },
      ],
    ],
    [
      '005C7D4020331680',
      [
        {
          ...NONE,
          HourDuration: 4,
          ClassName: 'SMS_ST_RecurMonthlyByWeekdayBase',
          StartTime: '2023-07-28T02:00:00',
          Day: 3,
          ForNumberOfMonths: 1,
          WeekOrder: 3,
          Offset: 2,
        },
      ],
    ],
    ['', []],
  ];
  for (const [text, tokens] of vectors) {
    it(`${text === '' ? '(none)' : text} reads as the product reads it, and is written the same`, () => {
      expect(decodeSchedule(text)).to.deep.equal(tokens);
      expect(encodeSchedule(decodeSchedule(text))).to.equal(text);
    });
  }

  it('of every token read back as the token, in lower case too', () => {
    fc.assert(
      fc.property(fc.array(anyToken, { maxLength: 4 }), (tokens) => {
        const text = encodeSchedule(tokens);
        expect(text).to.match(/^([\dA-F]{16})*$/);
        expect(decodeSchedule(text.toLowerCase())).to.deep.equal(tokens);
      }),
    );
  });

  it('that are read at all are written the same, whatever their bits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\dA-F]{16}$/), (text) => {
        let tokens;
        try {
          tokens = decodeSchedule(text);
        } catch (error) {
          expect(error).to.be.instanceOf(SyncError).with.property('errorId', 'ScheduleStringInvalid');
          return;
        }
        expect(encodeSchedule(tokens)).to.equal(text);
      }),
      { numRuns: repetitions(2000, 100_000) },
    );
  });

  const bad: readonly (readonly [string, number, string])[] = [
    ['0001200000100038X', 17, '"X" is not a hexadecimal digit'],
    ['00012000 00100038', 9, '" " is not a hexadecimal digit'],
    ['000120000010003', 1, 'a token has 16 digits, and the last one has 15'],
    ['00012000001000380001', 17, 'a token has 16 digits, and the last one has 4'],
    ['0001200000000000', 9, 'Kind is 0 and must be 1 to 6'],
    ['0001200000380000', 9, 'Kind is 7 and must be 1 to 6'],
    ['0001200000100000', 9, 'it recurs every 0 minutes'],
    ['0001200000080002', 9, 'it sets bits that SMS_ST_NonRecurring does not use'],
    ['00012000001000380000200000080000', 17, 'DayOfMonth is 0 and must be 1 to 31'],
    ['F001200000080000', 1, 'Minute is 60 and must be 0 to 59'],
    ['03E1200000080000', 1, 'Hour is 31 and must be 0 to 23'],
    ['0001D00000080000', 1, 'Month is 13 and must be 1 to 12'],
    ['001E200000080000', 1, 'there is no day 1970-02-30'],
    ['55147880001B0000', 9, 'ForNumberOfWeeks is 0 and must be 1 to 4'],
    ['5514788000182000', 9, 'Day is 0 and must be 1 to 7'],
    ['55147880C01B2000', 9, 'HourDuration is 24 and must be 0 to 23'],
  ];
  for (const [text, position, reason] of bad) {
    it(`${text} is refused at ${position}: ${reason}`, () => {
      expect(errorOf(() => decodeSchedule(text))).to.deep.include({
        errorId: 'ScheduleStringInvalid',
        data: { schedule: text, position, reason },
      });
    });
  }
});

describe('Schedule tokens in words', () => {
  const words: readonly (readonly [text: string, words: string, duration: string])[] = [
    ['0001200000080000', 'once', ''],
    ['0001200000100038', 'every 7 days', ''],
    ['1033BC7B10100010', 'every 2 days', '2 hours and 59 minutes'],
    ['0059BE000053C108', 'every 1 day and 1 hour and 30 minutes', '1 day'],
    ['55147880001B2000', 'Tuesday of every week', ''],
    ['0059BE1F001F8000', 'Saturday of every 4 weeks', '31 minutes'],
    ['0059BE0000280400', 'last day of every month', ''],
    ['0059BE00082FCC00', 'day 31 of every 3 months', '1 hour'],
    ['0059BE003866C000', 'last Friday of every 12 months', '1 day and 7 hours'],
    ['0059BE3B10361840', 'fourth Friday of every month, 1 day later', '2 hours and 59 minutes'],
  ];
  for (const [text, recurrence, duration] of words) {
    it(`${text}: ${recurrence}`, () =>
      expect(decodeSchedule(text).map((token) => [describeToken(token), describeDuration(token)])).to.deep.equal([
        [recurrence, duration],
      ]));
  }
});

describe('Schedule tokens by their properties', () => {
  const inferred: readonly (readonly [object, string])[] = [
    [{ DaySpan: 1 }, 'SMS_ST_RecurInterval'],
    [{ Day: 1, ForNumberOfWeeks: 1 }, 'SMS_ST_RecurWeekly'],
    [{ Day: 1, WeekOrder: 2 }, 'SMS_ST_RecurMonthlyByWeekday'],
    [{ Day: 1, WeekOrder: 2, Offset: 1 }, 'SMS_ST_RecurMonthlyByWeekdayBase'],
    [{ MonthDay: 0 }, 'SMS_ST_RecurMonthlyByDate'],
    [{ StartTime: '2026-11-25T02:00' }, 'SMS_ST_NonRecurring'],
  ];
  for (const [properties, className] of inferred) {
    it(`${JSON.stringify(properties)} is ${className}`, () =>
      expect(readToken(properties as Record<string, unknown>).ClassName).to.equal(className));
  }

  it('have the documented defaults', () => {
    expect(readToken({ ClassName: 'SMS_ST_RecurMonthlyByDate' })).to.deep.equal({
      ClassName: 'SMS_ST_RecurMonthlyByDate',
      StartTime: '1970-02-01T00:00:00',
      ...NONE,
      MonthDay: 0,
      ForNumberOfMonths: 1,
    });
  });

  const refused: readonly (readonly [object, RegExp])[] = [
    [{}, /none of the properties/],
    [{ ClassName: 'SMS_ST_Never' }, /no class "SMS_ST_Never"/],
    [{ DaySpan: 0 }, /at least 1/],
    [{ DaySpan: 32 }, /DaySpan is 32 and must be 0 to 31/],
    [{ DaySpan: 1, HourSpan: 24 }, /HourSpan is 24/],
    [{ MinuteSpan: 60 }, /MinuteSpan is 60/],
    [{ ForNumberOfWeeks: 5, Day: 1 }, /ForNumberOfWeeks is 5 and must be 1 to 4/],
    [{ ForNumberOfWeeks: 1, Day: 8 }, /Day is 8/],
    [{ MonthDay: 32 }, /MonthDay is 32 and must be 0 to 31/],
    [{ MonthDay: 1, ForNumberOfMonths: 13 }, /1 to 12/],
    [{ Day: 1, WeekOrder: 5 }, /WeekOrder is 5 and must be 0 to 4/],
    [{ Day: 1, WeekOrder: 2, Offset: 8 }, /Offset is 8 and must be 0 to 7/],
    [{ DaySpan: 1, DayDuration: 32 }, /DayDuration is 32/],
    [{ DaySpan: 1, HourDuration: 24 }, /HourDuration is 24/],
    [{ DaySpan: 1, MinuteDuration: 60 }, /MinuteDuration is 60/],
    [{ DaySpan: 1.5 }, /DaySpan is 1.5/],
    [{ DaySpan: '1' }, /DaySpan is "1"/],
    [{ DaySpan: 1, IsGMT: 'yes' }, /IsGMT is "yes"/],
    [{ StartTime: '2026-02-30T00:00' }, /StartTime is "2026-02-30T00:00"/],
    [{ StartTime: 5 }, /StartTime is 5/],
    [{ StartTime: '2034-01-01T00:00' }, /in the year 2034 and must be in 1970 to 2033/],
    [{ StartTime: '1969-12-31T23:59' }, /1969/],
  ];
  for (const [properties, reason] of refused) {
    it(`${JSON.stringify(properties)} is refused`, () => {
      const error = errorOf(() => readToken(properties as Record<string, unknown>));
      expect(error.errorId).to.equal('ScheduleTokenInvalid');
      expect(error.message).to.match(reason);
    });
  }
});
