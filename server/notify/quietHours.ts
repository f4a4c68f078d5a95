import { DAY, MINUTE, toWall, type Zone } from '../schedule/zone.js';

const FORM = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/** Tells whether a text is of the form `22:00-06:00`, with two different times. */
export function isQuietHours(text: string): boolean {
  const [, fromHour, fromMinute, toHour, toMinute] = FORM.exec(text) ?? [];
  return fromHour !== undefined && (fromHour !== toHour || fromMinute !== toMinute);
}

/** Tells whether it is quiet at an instant; the end does not belong to it. '' is never quiet. */
export function isQuietAt(quietHours: string, now: number, zone: Zone): boolean {
  const numbers = FORM.exec(quietHours)?.slice(1).map(Number);
  if (numbers === undefined) return false;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = numbers;
  const [from, to] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
  const minute = Math.floor((((toWall(zone, now) % DAY) + DAY) % DAY) / MINUTE);
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
