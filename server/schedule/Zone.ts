import { DAY, HOUR } from './wallTime.js';

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
