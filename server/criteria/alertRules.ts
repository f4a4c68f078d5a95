import { ALERT_KINDS, type AlertCondition, type AlertKind } from './alertKinds.js';
import { conditionId } from './alertNumbers.js';
import type { AlertState, AlertSwitch } from './alertState.js';

/** What an administrator said of one alert; what is undefined nobody has said. */
export interface AlertSaid {
  readonly name?: string;
  readonly comments?: string;
  /** 1 error, 2 warning, 3 informational. */
  readonly severity?: number;
  readonly parameterValues?: string;
  readonly limit?: number;
  readonly isEnabled?: boolean;
  readonly skipUntil?: number;
  /** ms since 1970 UTC */
  readonly modified: number;
}

/** By the number of the alert. */
export type AllSaid = Readonly<Record<string, AlertSaid>>;

/** An alert of a condition, as it is stored; of the failed synchronization there is an entry of its own. */
export interface ConditionAlert extends AlertState {
  readonly kind: AlertKind;
  /** The server or the id of the category, '' for the site; and how it is shown. */
  readonly about: string;
  readonly shown: string;
  /** Since when the condition lasts (ms), 0 where it does not. */
  readonly since: number;
  /** What it was raised for last, '' where that does not matter. */
  readonly occasion: string;
}

/** Alerts of conditions that were met, and how many were made for single servers and categories. */
export interface ConditionAlerts {
  readonly form: 1;
  readonly made: number;
  readonly alerts: readonly ConditionAlert[];
}

export const NO_ALERTS: ConditionAlerts = { form: 1, made: 0, alerts: [] };

/** What holds for an alert. */
export interface AlertRule extends AlertSwitch {
  readonly name: string;
  readonly severity: number;
  readonly limit: number;
  readonly comments: string;
  readonly parameterValues: string;
  /** When somebody said something of it (ms), 0 for never. */
  readonly modified: number;
}

/** Which alert it is, at which site. */
export interface AlertIdentity {
  readonly id: number;
  readonly kind: AlertKind;
  readonly siteCode: string;
  /** What it is about, as it is shown; '' where it stands for the site, or for all of its kind. */
  readonly shown: string;
}

/** What holds for an alert: what was said of it, else of all of its kind, else what the condition says. */
export function ruleOf({ id, kind, siteCode, shown }: AlertIdentity, said: AllSaid): AlertRule {
  const condition: AlertCondition = ALERT_KINDS[kind];
  const own: Partial<AlertSaid> = said[id] ?? {};
  const all: Partial<AlertSaid> = said[conditionId(siteCode, kind)] ?? {};
  return {
    name: own.name ?? `${condition.title}: ${shown === '' ? placeOf(condition, siteCode) : shown}`,
    severity: own.severity ?? all.severity ?? condition.severity,
    limit: own.limit ?? all.limit ?? condition.limit,
    isEnabled: own.isEnabled ?? all.isEnabled ?? true,
    skipUntil: Math.max(own.skipUntil ?? 0, all.skipUntil ?? 0),
    comments: own.comments ?? '',
    parameterValues: own.parameterValues ?? '',
    modified: own.modified ?? 0,
  };
}

function placeOf({ about }: AlertCondition, siteCode: string): string {
  if (about === 'Site') return `site ${siteCode}`;
  return `every ${about === 'Server' ? 'software update point' : 'category'} of site ${siteCode}`;
}
