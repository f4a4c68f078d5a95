import { SyncError } from '../errors/SyncError.js';
import { classOfKind, COMMON, KINDS, readField, START_WORD, writeFields } from './ScheduleToken.js';
import type { BitField, ScheduleToken } from './ScheduleToken.js';
import { parseWallTime } from './zone.js';

/** The interval string of tokens, which `readToken` has checked: 16 upper-case hexadecimal digits each. */
export function encodeSchedule(tokens: readonly ScheduleToken[]): string {
  return tokens.map(encodeToken).join('');
}

function encodeToken(token: ScheduleToken): string {
  const start = new Date(parseWallTime(token.StartTime) ?? 0);
  const { kind, fields } = KINDS[token.ClassName];
  const values: Record<string, unknown> = {
    ...token,
    Minute: start.getUTCMinutes(),
    Hour: start.getUTCHours(),
    DayOfMonth: start.getUTCDate(),
    Month: start.getUTCMonth() + 1,
    Year: start.getUTCFullYear() - 1970,
    Kind: kind,
    IsGMT: token.IsGMT ? 1 : 0,
  };
  const valueOf = (name: string): number => Number(values[name] ?? 0);
  return hex(writeFields(START_WORD, valueOf)) + hex(writeFields([...COMMON, ...fields], valueOf));
}

function hex(word: number): string {
  return word.toString(16).toUpperCase().padStart(8, '0');
}

/** Hexadecimal digits of one token. */
const TOKEN_LENGTH = 16;

const SPAN_MISSING = 'it recurs every 0 minutes';

/**
 * The tokens of an interval string: 16 hexadecimal digits each, one after the other; '' has none.
 * @throws SyncError ScheduleStringInvalid with the position, counted from 1, where it goes wrong
 */
export function decodeSchedule(text: string): readonly ScheduleToken[] {
  const bad = /[^\da-f]/i.exec(text);
  if (bad !== null) throw invalid(text, bad.index, `"${bad[0]}" is not a hexadecimal digit`);
  const rest = text.length % TOKEN_LENGTH;
  if (rest !== 0)
    throw invalid(text, text.length - rest, `a token has ${TOKEN_LENGTH} digits, and the last one has ${rest}`);
  return Array.from({ length: text.length / TOKEN_LENGTH }, (_unused, index) =>
    decodeToken(text, index * TOKEN_LENGTH),
  );
}

function decodeToken(text: string, offset: number): ScheduleToken {
  const refuse = (reason: string, digit = 0): SyncError => invalid(text, offset + digit, reason);
  const [first, second] = [wordAt(text, offset), wordAt(text, offset + 8)];
  const start = readWord(first, START_WORD, (reason) => refuse(reason));
  const common = readWord(second, COMMON, (reason) => refuse(reason, 8));
  const className = classOfKind(common['Kind'] ?? 0);
  if (className === undefined) throw refuse(`${common['Kind'] ?? 0} is not a kind of token`, 8);
  const { fields } = KINDS[className];
  const own = readWord(second, fields, (reason) => refuse(reason, 8));
  if (second !== (second & maskOf([...COMMON, ...fields])) >>> 0)
    throw refuse(`it sets bits that ${className} does not use`, 8);
  if (className === 'SMS_ST_RecurInterval' && Object.values(own).every((span) => span === 0))
    throw refuse(SPAN_MISSING, 8);
  const startTime = startOf(start);
  if (parseWallTime(startTime) === undefined) throw refuse(`there is no day ${startTime.slice(0, 10)}`);
  return {
    ClassName: className,
    StartTime: startTime,
    IsGMT: common['IsGMT'] === 1,
    DayDuration: common['DayDuration'] ?? 0,
    HourDuration: common['HourDuration'] ?? 0,
    MinuteDuration: start['MinuteDuration'] ?? 0,
    ...own,
  } as ScheduleToken;
}

function wordAt(text: string, offset: number): number {
  return Number.parseInt(text.slice(offset, offset + 8), 16);
}

function readWord(
  word: number,
  fields: readonly BitField[],
  refuse: (reason: string) => SyncError,
): Record<string, number> {
  return Object.fromEntries(
    fields.map((field) => {
      const value = readField(word, field);
      if (value < field.minimum || value > field.maximum)
        throw refuse(`${field.name} is ${value} and must be ${field.minimum} to ${field.maximum}`);
      return [field.name, value];
    }),
  );
}

function maskOf(fields: readonly BitField[]): number {
  return fields.reduce((mask, { shift, bits }) => (mask | (((1 << bits) - 1) << shift)) >>> 0, 0);
}

function startOf(start: Record<string, number>): string {
  const two = (name: string): string => String(start[name] ?? 0).padStart(2, '0');
  return `${1970 + (start['Year'] ?? 0)}-${two('Month')}-${two('DayOfMonth')}T${two('Hour')}:${two('Minute')}:00`;
}

function invalid(text: string, index: number, reason: string): SyncError {
  return new SyncError('ScheduleStringInvalid', {
    schedule: text.length > 100 ? `${text.slice(0, 100)}…` : text,
    position: index + 1,
    reason,
  });
}
