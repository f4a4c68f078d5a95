import { type AlertEvent, alertEvent } from '../criteria/AlertEvent.js';
import { ALERT_KINDS, isMet, unitsOf } from '../criteria/alertKinds.js';
import { conditionId, singleId } from '../criteria/alertNumbers.js';
import {
  type AlertRule,
  type AllSaid,
  type ConditionAlert,
  type ConditionAlerts,
  ruleOf,
} from '../criteria/alertRules.js';
import { ALERT_STATE, alertAfter, newAlert } from '../criteria/alertState.js';
import { DAY } from '../schedule/zone.js';
import type { AlertReading } from './AlertFacts.js';

/** What alerts are decided with beside what is seen. */
interface Surroundings {
  readonly siteCode: string;
  readonly said: AllSaid;
  readonly now: number;
}

/** How long an alert of a server or a category is shown after it is over. */
const KEPT = 30 * DAY;

/** Every alert after a look at all conditions, and what its receivers are told: raised once, and over once. */
export function alertsAfter(
  readings: readonly AlertReading[],
  before: ConditionAlerts,
  around: Surroundings,
): { readonly stored: ConditionAlerts; readonly events: readonly AlertEvent[] } {
  const seen = new Map(readings.map((reading) => [keyOf(reading), reading]));
  const known = new Set(before.alerts.map(keyOf));
  const events: AlertEvent[] = [];
  const alerts: ConditionAlert[] = [];
  let { made } = before;
  for (const alert of before.alerts) {
    const step = stepOf(alert, seen.get(keyOf(alert)), around);
    events.push(...step.events);
    if (isKept(step.alert, around.now)) alerts.push(step.alert);
  }
  for (const reading of readings.filter((one) => one.isUnknown !== true && !known.has(keyOf(one)))) {
    const step = stepOf(madeFor(reading, made + 1, around), reading, around);
    if (step.alert.state !== ALERT_STATE.active && step.alert.since === 0) continue;
    if (reading.about !== '') made += 1;
    events.push(...step.events);
    alerts.push(step.alert);
  }
  return { stored: { form: 1, made, alerts }, events };
}

function keyOf({ kind, about }: Pick<AlertReading, 'kind' | 'about'>): string {
  return `${kind} ${about}`;
}

function madeFor({ kind, about, shown }: AlertReading, index: number, { siteCode, now }: Surroundings): ConditionAlert {
  const id = about === '' ? conditionId(siteCode, kind) : singleId(siteCode, index);
  return { ...newAlert(id, now), kind, about, shown: shown ?? about, since: 0, occasion: '' };
}

function stepOf(
  before: ConditionAlert,
  reading: AlertReading | undefined,
  { siteCode, said, now }: Surroundings,
): { readonly alert: ConditionAlert; readonly events: readonly AlertEvent[] } {
  const rule = ruleOf({ ...before, siteCode }, said);
  const lasting = { ...before, since: sinceOf(before, reading, now) };
  const isActive = before.state === ALERT_STATE.active;
  if (reading?.isUnknown === true && rule.isEnabled) return { alert: before, events: [] };
  const isBad =
    reading !== undefined && isMet(before.kind, { value: valueOf(reading, lasting, now), ...rule }, isActive);
  const occasion = isBad ? (reading.occasion ?? '') : before.occasion;
  const seen = { isBad, cause: reading?.cause ?? '', isAgain: isActive && occasion !== before.occasion, isNews: true };
  const { alert, tells } = alertAfter({ ...lasting, occasion }, seen, { ...rule, now });
  return { alert, events: tells === undefined ? [] : [eventOf(alert, { tells, rule, siteCode, now })] };
}

/** Of a figure nothing is remembered. A clock that was put back does not make it last longer. */
function sinceOf(before: ConditionAlert, reading: AlertReading | undefined, now: number): number {
  if (reading === undefined || reading.value !== undefined) return 0;
  return Math.min(now, reading.since ?? (before.since === 0 ? now : before.since));
}

function valueOf(reading: AlertReading, { kind, since }: ConditionAlert, now: number): number {
  return reading.value ?? unitsOf(kind, now - since);
}

function eventOf(
  alert: ConditionAlert,
  about: { tells: AlertEvent['state']; rule: AlertRule; siteCode: string; now: number },
): AlertEvent {
  return alertEvent(alert, { ...about, kind: alert.kind, nextStep: ALERT_KINDS[alert.kind].nextStep });
}

/** Nothing is lost with one that is over for long, or that came to nothing. */
function isKept({ state, since, stateChanged }: ConditionAlert, now: number): boolean {
  if (state === ALERT_STATE.active || since !== 0) return true;
  return state === ALERT_STATE.canceled && now - stateChanged < KEPT;
}
