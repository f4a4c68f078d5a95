import { HOUR, MINUTE } from '../schedule/zone.js';
import type { WaitingDeliveries } from '../store/Deliveries.js';

/** Waits after failures in minutes; the last one again and again. */
const WAITS = [1, 2, 4, 8, 15, 30, 60];

/** So many attempts take two days, whatever the clock does meanwhile. */
export const MOST_ATTEMPTS = WAITS.length + 47;

/** What decides which messages are sent now; times in ms. */
interface DeliveryFacts {
  readonly now: number;
  readonly waiting: readonly WaitingDeliveries[];
  /** When something was last delivered to a receiver, 0 for never. */
  readonly lastDelivered: (receiver: string) => number;
  readonly digestMs: number;
  readonly isQuiet: (receiver: string) => boolean;
}

/** A message to send: one that was gathered before, or what is to be gathered for it. */
export interface PlannedMessage extends WaitingDeliveries {
  readonly isNew: boolean;
}

/**
 * The messages to send now. For each receiver at most one that may be taken: what failed before goes before what came
 * later. Those that it has refused are tried again beside it.
 */
export function planDeliveries(facts: DeliveryFacts): readonly PlannedMessage[] {
  const next = new Map<string, WaitingDeliveries>();
  const refused = facts.waiting.filter(({ isRefused }) => isRefused);
  for (const one of facts.waiting.filter(({ isRefused }) => !isRefused)) {
    const other = next.get(one.receiver);
    if (other === undefined || isBefore(one, other)) next.set(one.receiver, one);
  }
  return [...next.values(), ...refused]
    .filter((one) => !facts.isQuiet(one.receiver) && (one.batch === 0 ? isNext(one, facts) : isDue(one, facts.now)))
    .map((one) => ({ ...(facts.digestMs === 0 ? alone(one) : one), isNew: one.batch === 0 }));
}

/** Without a digest a message is about one alert. */
function alone(one: WaitingDeliveries): WaitingDeliveries {
  return one.batch === 0 ? { ...one, last: one.first, count: 1 } : one;
}

function isBefore(one: WaitingDeliveries, other: WaitingDeliveries): boolean {
  if (other.batch === 0) return one.batch !== 0;
  return one.batch !== 0 && one.batch < other.batch;
}

/** A time further away than any wait is of a clock that was set back. */
function isDue({ due }: WaitingDeliveries, now: number): boolean {
  return due <= now || due > now + HOUR;
}

/** A message that was just refused counts as delivered: who refuses everything is not asked oftener. */
function isNext({ receiver }: WaitingDeliveries, { now, lastDelivered, digestMs, waiting }: DeliveryFacts): boolean {
  const refused = waiting.filter((one) => one.isRefused && one.attempts < 3 && one.receiver === receiver);
  const times = [lastDelivered(receiver), ...refused.map(({ due, attempts }) => due - waitAfter(attempts))];
  return times.every((last) => last > now || last + digestMs <= now);
}

function waitAfter(attempts: number): number {
  return (WAITS[Math.min(attempts, WAITS.length) - 1] ?? 1) * MINUTE;
}

/** When the next attempt is after that many, in ms; undefined once there is none. */
export function nextAttempt(attempts: number, now: number): number | undefined {
  if (attempts >= MOST_ATTEMPTS) return undefined;
  return now + waitAfter(attempts);
}
