import type { Zone } from '../schedule/zone.js';
import { toWall, wallText } from '../schedule/zone.js';
import { type Html, html } from './html.js';
import { TEXTS } from './texts.js';

/** The moment of a page, and the clock that it shows. */
export interface Clock {
  readonly zone: Zone;
  readonly now: Date;
}

/** A time as the site's clock shows it, for the script of the page to show it as the reader's. */
export function timeOf(iso: string | null | undefined, zone: Zone): Html {
  const time = Date.parse(iso ?? '');
  if (Number.isNaN(time)) return html`${TEXTS.never}`;
  return html`<time datetime="${new Date(time).toISOString().replace('.000Z', 'Z')}">${wallOf(time, zone)}</time>`;
}

/** The same with its age, or how long it is until then. */
export function agedTimeOf(iso: string | null | undefined, { zone, now }: Clock): Html {
  const seconds = (now.getTime() - Date.parse(iso ?? '')) / 1000;
  if (Number.isNaN(seconds)) return timeOf(iso, zone);
  return html`${timeOf(iso, zone)} <small>(${ageText(seconds)})</small>`;
}

/** `2026-11-30 14:05` by the clock of a zone. */
export function wallOf(time: number, zone: Zone): string {
  return wallText(toWall(zone, time)).replace('T', ' ').slice(0, 16);
}

/** `3 h 2 min ago`, `in 2 d 4 h`. */
export function ageText(seconds: number): string {
  return seconds < 0 ? TEXTS.until(spanOf(-seconds)) : TEXTS.ago(spanOf(seconds));
}

/** `1 h 2 min`, `2 min 3 s`, `4.5 s`. */
export function durationOf(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}

/** `2 d 4 h`, `3 h 2 min`, `5 min`: of what nobody counts in seconds. */
export function spanOf(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  if (days > 0) return `${days} d ${hours} h`;
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
