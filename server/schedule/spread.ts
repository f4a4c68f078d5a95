import { createHash } from 'node:crypto';
import type { ScheduleToken } from './ScheduleToken.js';
import { describeToken } from './describeToken.js';
import { MINUTE } from './zone.js';

/** How the starts of many sites with one schedule are spread, in minutes; `own` is what this site waits. */
export interface Spread {
  readonly minutes: number;
  readonly own: number;
}

/** The same site waits the same time at every occurrence; sites are dealt evenly over the minutes. */
export function spreadOf(minutes: number, siteGuid: string): Spread {
  const dealt = createHash('sha256').update(siteGuid.toLowerCase()).digest().readUInt32BE();
  return { minutes, own: minutes > 0 ? dealt % minutes : 0 };
}

/** What a site waits after an occurrence, in ms. */
export function delayOf(spread: Spread | undefined): number {
  return (spread?.own ?? 0) * MINUTE;
}

/** A schedule in words: `Tuesday of every week at 02:00, spread over 30 minutes: 17 minutes later here`. */
export function describeSchedule(tokens: readonly ScheduleToken[], { minutes, own }: Spread): string {
  const words = tokens.map((token) => `${describeToken(token)} ${atOf(token)} ${timeOf(token)}`);
  const here = own === 0 ? 'at once' : `${counted(own)} later`;
  return `${words.join(', ')}${spreadText(minutes)}: ${here} here`;
}

/** What follows the words of a schedule: `, spread over 30 minutes`, nothing where nothing is spread. */
export function spreadText(minutes: number): string {
  return minutes === 0 ? '' : `, spread over ${counted(minutes)}`;
}

/** An interval of hours or minutes only begins at that time. */
function atOf(token: ScheduleToken): string {
  return token.ClassName === 'SMS_ST_RecurInterval' && token.HourSpan + token.MinuteSpan > 0 ? 'from' : 'at';
}

function timeOf({ StartTime, IsGMT }: ScheduleToken): string {
  return `${StartTime.slice(11, 16)}${IsGMT ? ' UTC' : ''}`;
}

function counted(minutes: number): string {
  return `${minutes} minute${minutes === 1 ? '' : 's'}`;
}
