import type { ScheduleToken } from './ScheduleToken.js';
import { COMMON, KINDS, START_WORD, writeFields } from './tokenLayout.js';
import { parseWallTime } from './wallTime.js';

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
