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
type NonRecurring = TokenBase<'SMS_ST_NonRecurring'>;

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
  | NonRecurring
  | RecurInterval
  | RecurWeekly
  | RecurMonthlyByWeekday
  // The one before with an offset.
  | RecurMonthlyByWeekdayBase
  | RecurMonthlyByDate;

/** A number in a word of an interval string: its lowest bit, how many bits, and the range the product documents. */
export interface BitField {
  readonly name: string;
  readonly shift: number;
  readonly bits: number;
  readonly minimum: number;
  readonly maximum: number;
}

const field = (
  name: string,
  place: readonly [shift: number, bits: number],
  range: readonly [minimum: number, maximum: number],
): BitField => ({ name, shift: place[0], bits: place[1], minimum: range[0], maximum: range[1] });

/** The first of the two 32-bit words: the start and the minutes of the duration. `Year` counts from 1970. */
export const START_WORD = [
  field('Minute', [26, 6], [0, 59]),
  field('Hour', [21, 5], [0, 23]),
  field('DayOfMonth', [16, 5], [1, 31]),
  field('Month', [12, 4], [1, 12]),
  field('Year', [6, 6], [0, 63]),
  field('MinuteDuration', [0, 6], [0, 59]),
] as const;

/** What every second word has. */
export const COMMON = [
  field('HourDuration', [27, 5], [0, 23]),
  field('DayDuration', [22, 5], [0, 31]),
  field('Kind', [19, 3], [1, 6]),
  field('IsGMT', [0, 1], [0, 1]),
] as const;

const day = field('Day', [16, 3], [1, 7]);
const BY_WEEKDAY = [day, field('ForNumberOfMonths', [12, 4], [1, 12]), field('WeekOrder', [9, 3], [0, 4])];

/**
 * The classes of tokens by their kind, and what the second word has for each (configmgr.md section 2.6; kind 6:
 * docs/decisions.md).
 */
export const KINDS = {
  SMS_ST_NonRecurring: { kind: 1, fields: [] },
  SMS_ST_RecurInterval: {
    kind: 2,
    fields: [
      field('DaySpan', [3, 5], [0, 31]),
      field('HourSpan', [8, 5], [0, 23]),
      field('MinuteSpan', [13, 6], [0, 59]),
    ],
  },
  SMS_ST_RecurWeekly: { kind: 3, fields: [day, field('ForNumberOfWeeks', [13, 3], [1, 4])] },
  SMS_ST_RecurMonthlyByWeekday: { kind: 4, fields: BY_WEEKDAY },
  SMS_ST_RecurMonthlyByDate: {
    kind: 5,
    fields: [field('MonthDay', [14, 5], [0, 31]), field('ForNumberOfMonths', [10, 4], [1, 12])],
  },
  SMS_ST_RecurMonthlyByWeekdayBase: { kind: 6, fields: [...BY_WEEKDAY, field('Offset', [6, 3], [0, 7])] },
} as const satisfies Record<string, { kind: number; fields: readonly BitField[] }>;

/** Name of a token class. */
export type TokenClass = keyof typeof KINDS;

/** Tells whether a text names a token class. */
export function isTokenClass(name: string): name is TokenClass {
  return Object.hasOwn(KINDS, name);
}

/** The class of a kind. */
export function classOfKind(kind: number): TokenClass | undefined {
  return (Object.keys(KINDS) as TokenClass[]).find((name) => KINDS[name].kind === kind);
}

/** The value of a field in a word. */
export function readField(word: number, { shift, bits }: BitField): number {
  return (word >>> shift) & ((1 << bits) - 1);
}

/** A word with these fields set; the values must be within their ranges. */
export function writeFields(fields: readonly BitField[], valueOf: (name: string) => number): number {
  return fields.reduce((word, { name, shift }) => (word | (valueOf(name) << shift)) >>> 0, 0);
}
