import type { Zone } from '../schedule/zone.js';
import { toWall, wallText } from '../schedule/zone.js';
import { type Html, html } from './html.js';
import { TEXTS } from './texts.js';

/** A time as the site's clock shows it, for the script of the page to show it as the reader's. */
export function timeOf(iso: string | null | undefined, zone: Zone): Html {
  const time = Date.parse(iso ?? '');
  if (Number.isNaN(time)) return html`${TEXTS.never}`;
  const text = wallText(toWall(zone, time)).replace('T', ' ').slice(0, 16);
  return html`<time datetime="${new Date(time).toISOString()}">${text}</time>`;
}

/** `1 h 2 min`, `2 min 3 s`, `4.5 s`. */
export function durationOf(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}
