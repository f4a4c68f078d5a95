import type { Alert } from '../contract/generated/types.js';
import { ALERT_KINDS } from '../criteria/alertKinds.js';
import { ALERT_STATE, shownState } from '../criteria/alertState.js';
import type { AlertSubscription } from '../state/AlertSubscription.js';
import { subscriptionsFor } from '../state/alertSubscriptions.js';
import type { KnownAlert } from '../state/knownAlerts.js';

const STATE_NAMES = ['Active', 'Postponed', 'Canceled', 'Unknown', 'Disabled', 'NeverTriggered'];
const SEVERITY_NAMES: Readonly<Record<number, Alert['SeverityName']>> = {
  1: 'Error',
  2: 'Warning',
  3: 'Informational',
};
const RULE = { bad: 0, good: 1, unknown: 2 } as const;
const ADMINISTRATION = 1;

/** SMS_Alert (configmgr.md section 2.7), then ours. */
export function shownAlert(
  { kind, state: alert, rule, siteCode, about }: KnownAlert,
  { now, subscriptions }: { readonly now: number; readonly subscriptions: readonly AlertSubscription[] },
): Alert {
  const state = shownState(alert.state, { ...rule, now });
  const { typeId, unit, nextStep } = ALERT_KINDS[kind];
  return {
    ID: alert.id,
    Name: rule.name,
    AlertState: state,
    Severity: rule.severity,
    RuleState: ruleStateOf(alert.state),
    Enabled: rule.isEnabled,
    SkipUntil: rule.skipUntil > now ? timeOf(rule.skipUntil) : null,
    Comments: rule.comments,
    OccurrenceCount: alert.occurrences,
    ParameterValues: rule.parameterValues,
    TypeID: typeId,
    TypeInstanceID: about === '' ? siteCode : about,
    SourceSiteCode: siteCode,
    FeatureGroup: ADMINISTRATION,
    FeatureArea: 0,
    DateCreated: timeOf(alert.created),
    DateFirstActivated: timeOf(alert.firstActivated),
    DateLastModified: timeOf(rule.modified === 0 ? alert.created : rule.modified),
    DateAlertStateModified: timeOf(alert.stateChanged),
    ClosedBy: alert.state === ALERT_STATE.canceled ? 'SYSTEM' : '',
    NumberOfSubscription: subscriptionsFor(subscriptions, { id: alert.id, siteCode, kind }).length,
    MonitoredByScom: false,
    RootCauseMessage: alert.cause,
    AlertStateName: STATE_NAMES[state] ?? `State ${state}`,
    SeverityName: SEVERITY_NAMES[rule.severity] ?? 'Error',
    Condition: kind,
    Limit: unit === 'None' ? null : rule.limit,
    LimitUnit: unit,
    NextStep: nextStep,
  };
}

function ruleStateOf(state: number): number {
  if (state === ALERT_STATE.active) return RULE.bad;
  return state === ALERT_STATE.canceled ? RULE.good : RULE.unknown;
}

function timeOf(value: number): string | null {
  return value === 0 ? null : new Date(value).toISOString();
}
