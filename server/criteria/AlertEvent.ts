import type { AlertKind } from './alertKinds.js';
import type { AlertRule } from './alertRules.js';
import type { AlertState } from './alertState.js';

/** That an alert was raised or is over: what its receivers are told, once each. */
export interface AlertEvent {
  readonly alertId: number;
  /** Its condition. */
  readonly kind: AlertKind;
  readonly siteCode: string;
  /** 1 error, 2 warning, 3 informational. */
  readonly severity: number;
  readonly name: string;
  /** What was seen; of one that is over what it was raised for. */
  readonly cause: string;
  /** What to do about it; '' for one that is over. */
  readonly nextStep: string;
  /** ms since 1970 UTC */
  readonly at: number;
  readonly state: 'Raised' | 'Resolved';
}

/** What is known of an alert beside its state when its receivers are told of it. */
interface Told {
  readonly tells: AlertEvent['state'];
  readonly kind: AlertKind;
  readonly siteCode: string;
  readonly rule: AlertRule;
  readonly nextStep: string;
  readonly now: number;
}

export function alertEvent(
  { id, cause }: AlertState,
  { tells, kind, siteCode, rule, nextStep, now }: Told,
): AlertEvent {
  const { name, severity } = rule;
  const isRaised = tells === 'Raised';
  return {
    alertId: id,
    kind,
    siteCode,
    severity,
    name,
    cause,
    nextStep: isRaised ? nextStep : '',
    at: now,
    state: tells,
  };
}
