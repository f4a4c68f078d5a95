import type { Alert } from '../../contract/generated/types.js';
import { ALERT_STATE } from '../../criteria/syncAlert.js';
import type { SyncAlertState } from '../../criteria/syncAlert.js';
import type { SiteFolder } from '../../site/SiteFolder.js';
import type { SyncAlertTexts } from '../../state/alertStore.js';

const STATE_NAMES = ['Active', 'Postponed', 'Canceled', 'Unknown', 'Disabled', 'NeverTriggered'];
const SEVERITY_NAMES: Readonly<Record<number, Alert['SeverityName']>> = {
  1: 'Error',
  2: 'Warning',
  3: 'Informational',
};
const RULE = { bad: 0, good: 1, unknown: 2 } as const;
/** The kind of alert is ours to number: the product's number is not documented. */
const SYNC_FAILURE = 1;
const ADMINISTRATION = 1;

/** SMS_Alert (configmgr.md section 2.7) of the site's synchronization, then ours. */
export function toAlert(alert: SyncAlertState, texts: SyncAlertTexts | undefined, site: SiteFolder): Alert {
  const severity = texts?.severity ?? 1;
  const time = (value: number): string | null => (value === 0 ? null : new Date(value).toISOString());
  return {
    ID: alert.id,
    Name: texts?.name ?? `Synchronization failure alert for software update point: ${site.serverName}`,
    AlertState: alert.state,
    Severity: severity,
    RuleState: ruleOf(alert.state),
    Enabled: true,
    SkipUntil: null,
    Comments: texts?.comments ?? '',
    OccurrenceCount: alert.occurrences,
    ParameterValues: texts?.parameterValues ?? '',
    TypeID: SYNC_FAILURE,
    TypeInstanceID: site.siteCode,
    SourceSiteCode: site.siteCode,
    FeatureGroup: ADMINISTRATION,
    FeatureArea: 0,
    DateCreated: time(alert.created),
    DateFirstActivated: time(alert.firstActivated),
    DateLastModified: time(texts?.modified ?? alert.created),
    DateAlertStateModified: time(alert.stateChanged),
    ClosedBy: alert.state === ALERT_STATE.canceled ? 'SYSTEM' : '',
    NumberOfSubscription: 0,
    MonitoredByScom: false,
    RootCauseMessage: alert.cause,
    AlertStateName: STATE_NAMES[alert.state] ?? `State ${alert.state}`,
    SeverityName: SEVERITY_NAMES[severity] ?? 'Error',
  };
}

function ruleOf(state: number): number {
  if (state === ALERT_STATE.active) return RULE.bad;
  return state === ALERT_STATE.canceled ? RULE.good : RULE.unknown;
}
