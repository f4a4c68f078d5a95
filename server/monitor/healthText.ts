import { DAY, HOUR, MINUTE, toWall, wallText } from '../schedule/zone.js';
import type { Zone } from '../schedule/zone.js';

/** A time as the clock of the site shows it: `2026-11-29 09:00`. */
export function timeText(time: number, zone: Zone): string {
  return wallText(toWall(zone, time)).replace('T', ' ').slice(0, 16);
}

/** The largest whole unit: `3 days`, `1 hour`, `less than a minute`. */
export function durationText(milliseconds: number): string {
  for (const [length, unit] of [
    [DAY, 'day'],
    [HOUR, 'hour'],
    [MINUTE, 'minute'],
  ] as const) {
    const count = Math.floor(milliseconds / length);
    if (count >= 1) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return 'less than a minute';
}

/** A text at the end of a sentence, which may be one itself. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
