/** Milliseconds of a minute, an hour and a day. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const TEXT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?$/;

/**
 * Wall time is counted in milliseconds as if the clock on the wall were UTC: then days have 24 hours and `Date` does
 * the calendar.
 * @returns the wall time of a text such as `2026-11-25T02:00:00`, or undefined where there is no such date
 */
export function parseWallTime(text: string): number | undefined {
  const found = TEXT.exec(text);
  if (found === null) return undefined;
  const wall = Date.parse(`${text.slice(0, 16)}:00Z`);
  return Number.isNaN(wall) || !wallText(wall).startsWith(text.slice(0, 16)) ? undefined : wall;
}

/** `2026-11-25T02:00:00`. */
export function wallText(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19);
}
