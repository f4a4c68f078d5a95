import { SyncError } from '../errors/SyncError.js';

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

/** A time zone: the one question everything else follows from. */
export interface Zone {
  readonly name: string;
  /** Milliseconds that its wall time is ahead of UTC at an instant. */
  offsetAt(instant: number): number;
}

/** Wall time is UTC. */
export const UTC: Zone = { name: 'UTC', offsetAt: () => 0 };

/** What the clock on the wall shows at an instant. */
export function toWall(zone: Zone, instant: number): number {
  return instant + zone.offsetAt(instant);
}

/**
 * The instant of a wall time. One that the clock skips in spring is the first instant after the gap; of one that comes
 * twice in autumn the first is meant.
 */
export function toInstant(zone: Zone, wall: number): number {
  // Any change of the clock near this wall time lies between the two.
  const [before, after] = [wall - 36 * HOUR, wall + 36 * HOUR];
  const candidates = [wall - zone.offsetAt(before), wall - zone.offsetAt(after)].filter(
    (instant) => toWall(zone, instant) === wall,
  );
  return candidates.length > 0 ? Math.min(...candidates) : firstAfterGap(zone, wall);
}

/** The first instant whose wall time is past one that never comes. */
function firstAfterGap(zone: Zone, wall: number): number {
  let low = wall - 2 * DAY;
  let high = wall + 2 * DAY;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (toWall(zone, middle) > wall) high = middle;
    else low = middle;
  }
  return high;
}

/** The zone of this process. */
export const systemZone: Zone = {
  // Who reads a report elsewhere must know whose times they are.
  get name(): string {
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  },
  offsetAt: (instant) => -new Date(instant).getTimezoneOffset() * MINUTE,
};

/**
 * A zone by its IANA name, such as `Europe/Berlin`.
 * @throws SyncError TimeZoneUnknown
 */
export function namedZone(name: string): Zone {
  const format = formatOf(name);
  return {
    name,
    offsetAt: (instant) => {
      const parts = Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, Number(part.value)]));
      const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
      return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
    },
  };
}

function formatOf(name: string): Intl.DateTimeFormat {
  const number = 'numeric';
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: number,
      month: number,
      day: number,
      hour: number,
      minute: number,
      second: number,
    });
  } catch (error) {
    throw new SyncError('TimeZoneUnknown', { zone: name }, { cause: error });
  }
}
