import type {
  Alert,
  AlertListRequest,
  AlertListResult,
  AlertSetRequest,
  AlertSetResult,
} from '../contract/generated/types.js';
import { namePattern } from '../criteria/names.js';
import { ALERT_STATE, type SyncAlertState } from '../criteria/syncAlert.js';
import { SyncError } from '../errors/SyncError.js';
import type { LinkedNode } from '../link/LinkedNode.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { SiteContext } from '../state/SiteContext.js';
import { alertTextsChange, readAlertTexts, readSyncAlert } from '../state/alertStore.js';
import type { SyncAlertTexts } from '../state/siteState.js';
import type { Asked, KeepAnswer } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';

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
function toAlert(alert: SyncAlertState, texts: SyncAlertTexts | undefined, site: SiteFolder): Alert {
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

const SEVERITY = { Error: 1, Warning: 2, Informational: 3 } as const;

/** `alert/list`: the alerts of the site, and as `nodes` report them those below it, that meet every filter. */
export async function listAlerts(
  context: SiteContext,
  params: AlertListRequest,
  nodes: readonly Pick<LinkedNode, 'lastReport'>[] = [],
): Promise<AlertListResult> {
  const { id, name, typeId, typeInstanceId, wildcard } = params;
  const isNamed = (wanted: string | undefined, value: string): boolean =>
    wanted === undefined || namePattern(wanted, wildcard).test(value);
  const known = [...(await ownAlerts(context)), ...nodes.flatMap((node) => node.lastReport?.alerts ?? [])];
  const alerts = known.filter(
    (alert) =>
      (id === undefined || alert.ID === id) &&
      (typeId === undefined || alert.TypeID === typeId) &&
      isNamed(name, alert.Name) &&
      isNamed(typeInstanceId, alert.TypeInstanceID),
  );
  return { alerts };
}

async function ownAlerts(context: SiteContext): Promise<Alert[]> {
  const state = await readSyncAlert(context.database);
  return state === undefined ? [] : [toAlert(state, await readAlertTexts(context.database), context.site)];
}

/**
 * `alert/set`: texts and severity of one alert of this site, by id or name.
 * @throws SyncError AlertNotFound, ContradictoryParameters
 */
export async function setAlert(
  { context }: ServiceParts,
  params: AlertSetRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<AlertSetResult> {
  return context.settingsMutex.take(async () => changeAlert(context, params, keep));
}

async function changeAlert(context: SiteContext, params: AlertSetRequest, keep: KeepAnswer): Promise<AlertSetResult> {
  const { id, name, newName, comment, severity, parameterValue } = params;
  if ((id === undefined) === (name === undefined))
    throw new SyncError('ContradictoryParameters', { reason: 'Give either the id or the name of an alert' });
  if ([newName, comment, severity, parameterValue].every((value) => value === undefined)) {
    throw new SyncError('ContradictoryParameters', {
      reason: 'Give at least one of NewName, Comment, Severity and ParameterValue',
    });
  }
  const [alert] = (
    await listAlerts(context, {
      id,
      name,
      wildcard: params.wildcard === true,
    })
  ).alerts;
  const state = await readSyncAlert(context.database);
  if (alert === undefined || state === undefined) throw new SyncError('AlertNotFound', { alert: id ?? name ?? '' });
  const time = context.now().getTime();
  const texts = {
    name: newName ?? alert.Name,
    comments: comment ?? alert.Comments,
    severity: severity === undefined ? alert.Severity : SEVERITY[severity],
    parameterValues: parameterValue ?? alert.ParameterValues,
    modified: time,
  };
  const result: AlertSetResult = { alert: toAlert(state, texts, context.site) };
  await context.database.commit({ settings: alertTextsChange(texts), ...keep(result) });
  return result;
}
