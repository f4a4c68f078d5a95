import { SyncError } from '../errors/SyncError.js';
import { COMMON, isTokenClass, KINDS, START_WORD } from './ScheduleToken.js';
import type { BitField, ScheduleToken, TokenClass } from './ScheduleToken.js';
import { parseWallTime, wallText } from './zone.js';

const DURATIONS: readonly BitField[] = [...COMMON, ...START_WORD].filter((field) => field.name.endsWith('Duration'));
/** StartTime of a token that has none (SMS_ScheduleToken). */
const DEFAULT_START = '1970-02-01T00:00:00';
const YEARS = { first: 1970, last: 2033 } as const;
/** What a token is taken to be by a property that only its class has; the first match counts. */
const MARKS: readonly (readonly [property: string, className: TokenClass])[] = [
  ['DaySpan', 'SMS_ST_RecurInterval'],
  ['HourSpan', 'SMS_ST_RecurInterval'],
  ['MinuteSpan', 'SMS_ST_RecurInterval'],
  ['ForNumberOfWeeks', 'SMS_ST_RecurWeekly'],
  ['Offset', 'SMS_ST_RecurMonthlyByWeekdayBase'],
  ['WeekOrder', 'SMS_ST_RecurMonthlyByWeekday'],
  ['MonthDay', 'SMS_ST_RecurMonthlyByDate'],
  ['StartTime', 'SMS_ST_NonRecurring'],
];

/**
 * A token from its properties. Without `ClassName` its properties tell the class; a property that is missing is 0,
 * false or,
 * for a number of weeks or months, 1.
 * @throws SyncError ScheduleTokenInvalid that names the property and its range
 */
export function readToken(properties: Readonly<Record<string, unknown>>): ScheduleToken {
  const className = classOf(properties);
  const read = (fields: readonly BitField[]): Record<string, number> =>
    Object.fromEntries(fields.map((field) => [field.name, numberOf(properties[field.name], field)]));
  const own = read(KINDS[className].fields);
  if (className === 'SMS_ST_RecurInterval' && Object.values(own).every((span) => span === 0))
    throw invalid('an interval needs DaySpan, HourSpan or MinuteSpan of at least 1');
  return {
    ClassName: className,
    StartTime: startOf(properties['StartTime']),
    IsGMT: isTrue(properties['IsGMT']),
    ...read(DURATIONS),
    ...own,
  } as ScheduleToken;
}

function classOf(properties: Readonly<Record<string, unknown>>): TokenClass {
  const named = properties['ClassName'];
  if (typeof named === 'string' && isTokenClass(named)) return named;
  if (named !== undefined) throw invalid(`there is no class ${JSON.stringify(named)}`);
  const mark = MARKS.find(([property]) => properties[property] !== undefined);
  if (mark === undefined) throw invalid('it has none of the properties of a schedule token');
  return mark[1];
}

function numberOf(value: unknown, field: BitField): number {
  const number = value ?? (field.name.startsWith('ForNumberOf') ? 1 : 0);
  if (typeof number === 'number' && Number.isInteger(number) && number >= field.minimum && number <= field.maximum)
    return number;
  throw invalid(`${field.name} is ${JSON.stringify(number)} and must be ${field.minimum} to ${field.maximum}`);
}

function isTrue(value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value === true;
  throw invalid(`IsGMT is ${JSON.stringify(value)} and must be true or false`);
}

function startOf(value: unknown = DEFAULT_START): string {
  const wall = typeof value === 'string' ? parseWallTime(value) : undefined;
  if (wall === undefined)
    throw invalid(`StartTime is ${JSON.stringify(value)} and must be a date such as 2026-11-25T02:00:00`);
  const year = new Date(wall).getUTCFullYear();
  if (year < YEARS.first || year > YEARS.last)
    throw invalid(`StartTime is in the year ${year} and must be in ${YEARS.first} to ${YEARS.last}`);
  return wallText(wall);
}

function invalid(reason: string): SyncError {
  return new SyncError('ScheduleTokenInvalid', { reason });
}
