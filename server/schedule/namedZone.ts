import { SyncError } from '../errors/SyncError.js';
import { MINUTE } from './wallTime.js';
import type { Zone } from './Zone.js';

/** The zone of this process. */
export const systemZone: Zone = {
  name: 'local time',
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
