/** Minutes to add to the local time for UTC at a moment, as `Date.getTimezoneOffset` says. */
type OffsetAt = (time: number) => number;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;
const NEVER = Array.from({ length: 8 }, () => '0000').join(' ');

/**
 * The time zone of this machine as SMS_Site has it: a TIME_ZONE_INFORMATION in hexadecimal numbers, without the names.
 * A change that the year does not have is all zeros.
 */
export function timeZoneText(year: number, offsetAt: OffsetAt = (time) => new Date(time).getTimezoneOffset()): string {
  const changes = changesOf(year, offsetAt);
  const bias = Math.max(offsetAt(Date.UTC(year, 0, 1)), ...changes.map((change) => change.after));
  const isWhole = changes.length === 2;
  const standard = changes.find((change) => change.after > change.before);
  const daylight = changes.find((change) => change.after < change.before);
  const saved = isWhole && daylight !== undefined ? daylight.after - bias : 0;
  const when = (change: Change | undefined): string => (isWhole && change !== undefined ? ruleOf(change) : NEVER);
  return [long(bias), when(standard), long(0), when(daylight), long(saved)].join(' ');
}

interface Change {
  readonly time: number;
  readonly before: number;
  readonly after: number;
}

function changesOf(year: number, offsetAt: OffsetAt): readonly Change[] {
  const days = changesBetween([Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)], DAY, offsetAt);
  return days.flatMap(({ time }) => changesBetween([time - DAY, time], HOUR, offsetAt));
}

function changesBetween([from, to]: readonly [number, number], step: number, offsetAt: OffsetAt): readonly Change[] {
  const found: Change[] = [];
  let before = offsetAt(from);
  for (let time = from + step; time <= to; time += step) {
    const after = offsetAt(time);
    if (before !== after) found.push({ time, before, after });
    before = after;
  }
  return found;
}

/** Year 0, month, day of the week, which of them (5: the last), and the time of day that the clock shows before it. */
function ruleOf({ time, before }: Change): string {
  const local = new Date(time - before * MINUTE);
  const day = local.getUTCDate();
  const daysOfMonth = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate();
  const which = day + 7 > daysOfMonth ? 5 : Math.ceil(day / 7);
  const numbers = [0, local.getUTCMonth() + 1, local.getUTCDay(), which, local.getUTCHours(), local.getUTCMinutes()];
  return [...numbers, 0, 0].map(word).join(' ');
}

function word(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, '0');
}

function long(value: number): string {
  return (value >>> 0).toString(16).toUpperCase().padStart(8, '0');
}
