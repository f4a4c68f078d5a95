import type {
  Alert,
  AlertListRequest,
  AlertListResult,
  AlertRemoveRequest,
  AlertRemoveResult,
  AlertSetRequest,
  AlertSetResult,
  AlertSwitchRequest,
  AlertSwitchResult,
} from '../contract/generated/types.js';
import { ALERT_KINDS, type AlertCondition } from '../criteria/alertKinds.js';
import type { AlertSaid } from '../criteria/alertRules.js';
import { namePattern } from '../criteria/names.js';
import { SyncError } from '../errors/SyncError.js';
import type { LinkedNode } from '../link/LinkedNode.js';
import type { SiteContext } from '../state/SiteContext.js';
import { alertPart, alertRemoval, alertSaidChange, readAlertSaid, syncAlertOver } from '../state/alertStore.js';
import { readSubscriptions } from '../state/alertSubscriptions.js';
import { type KnownAlert, knownAlerts } from '../state/knownAlerts.js';
import { readSettings, settingsChange } from '../state/settingsStore.js';
import type { Asked, KeepAnswer } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';
import { shownAlert } from './shownAlert.js';

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
  const now = context.now().getTime();
  const shown = { now, subscriptions: await readSubscriptions(context.database) };
  const own = (await knownAlerts(context)).map((alert) => shownAlert(alert, shown));
  const alerts = [...own, ...nodes.flatMap((node) => node.lastReport?.alerts ?? [])].filter(
    (alert) =>
      (id === undefined || alert.ID === id) &&
      (typeId === undefined || alert.TypeID === typeId) &&
      isNamed(name, alert.Name) &&
      isNamed(typeInstanceId, alert.TypeInstanceID),
  );
  return { alerts };
}

/** What the parent is told: of alerts that nothing has happened to, and that nobody has touched, there is no news. */
export async function reportedAlerts(
  context: SiteContext,
  nodes: readonly Pick<LinkedNode, 'lastReport'>[],
): Promise<Alert[]> {
  const { alerts } = await listAlerts(context, {}, nodes);
  return alerts.filter(
    ({ Condition, OccurrenceCount, DateLastModified }) =>
      Condition === 'SyncFailure' || OccurrenceCount > 0 || DateLastModified !== null,
  );
}

/**
 * `alert/set`: texts, severity and limit of one alert of this site, by id or name.
 * @throws SyncError AlertNotFound, ContradictoryParameters
 */
export async function setAlert(
  parts: ServiceParts,
  params: AlertSetRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<AlertSetResult> {
  const { context } = parts;
  const answer = await context.settingsMutex.take(async () => changeAlert(context, params, keep));
  parts.lookAtAlerts?.();
  return answer;
}

async function changeAlert(context: SiteContext, params: AlertSetRequest, keep: KeepAnswer): Promise<AlertSetResult> {
  const { newName, comment, severity, parameterValue, limit } = params;
  if ([newName, comment, severity, parameterValue, limit].every((value) => value === undefined)) {
    throw new SyncError('ContradictoryParameters', {
      reason: 'Give at least one of NewName, Comment, Severity, ParameterValue and Limit',
    });
  }
  const [alert, ...others] = await named(context, params);
  if (alert === undefined) throw notFound(params);
  if (others.length > 0)
    throw new SyncError('ContradictoryParameters', {
      reason: `${others.length + 1} alerts are meant, and one is changed at a time: give its id`,
    });
  checkLimit(alert, limit);
  const said = {
    ...(newName === undefined ? {} : { name: newName }),
    ...(comment === undefined ? {} : { comments: comment }),
    ...(severity === undefined ? {} : { severity: SEVERITY[severity] }),
    ...(parameterValue === undefined ? {} : { parameterValues: parameterValue }),
    ...(limit === undefined ? {} : { limit }),
  };
  const { settings, alerts } = await say(context, [alert], said);
  const result: AlertSetResult = { alert: alerts[0] as Alert };
  await context.database.commit({ settings, ...keep(result) });
  return result;
}

function checkLimit({ kind, rule }: KnownAlert, limit: number | undefined): void {
  const { unit, most }: AlertCondition = ALERT_KINDS[kind];
  if (limit === undefined || (unit !== 'None' && limit >= 0 && limit <= most)) return;
  const reason =
    unit === 'None'
      ? `The alert ${rule.name} has no limit: it is raised by each failure`
      : `The limit of the alert ${rule.name} is 0 to ${most} (${unit})`;
  throw new SyncError('ContradictoryParameters', { reason });
}

/**
 * `alert/switch`: enables, disables or suspends alerts of this site, by id or name.
 * @throws SyncError AlertNotFound, ContradictoryParameters
 */
export async function switchAlerts(
  parts: ServiceParts,
  params: AlertSwitchRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<AlertSwitchResult> {
  const { context } = parts;
  const answer = await context.settingsMutex.take(async () => changeSwitch(context, params, keep));
  parts.lookAtAlerts?.();
  return answer;
}

async function changeSwitch(
  context: SiteContext,
  params: AlertSwitchRequest,
  keep: KeepAnswer,
): Promise<AlertSwitchResult> {
  const { enabled, skipUntil, comment } = params;
  if ((enabled === undefined) === (skipUntil === undefined))
    throw new SyncError('ContradictoryParameters', { reason: 'Either switch an alert on or off, or suspend it' });
  const alerts = await named(context, params);
  if (alerts.length === 0) throw notFound(params);
  const disabled = alerts.find(({ rule }) => !rule.isEnabled);
  if (skipUntil !== undefined && disabled !== undefined)
    throw new SyncError('ContradictoryParameters', {
      reason: `The alert ${disabled.rule.name} is disabled. Enable it before you suspend it`,
    });
  const change = await say(context, alerts, {
    // To switch it on or off ends a suspension.
    ...(enabled === undefined ? { skipUntil: Date.parse(skipUntil ?? '') } : { isEnabled: enabled, skipUntil: 0 }),
    ...(comment === undefined ? {} : { comments: comment }),
  });
  const result: AlertSwitchResult = { alerts: change.alerts };
  const isSync = alerts.some(({ kind }) => kind === 'SyncFailure');
  const over = enabled === false && isSync ? await syncAlertOver(context) : { settings: {}, events: [] };
  const part = await alertPart(context.database, over);
  await context.database.commit({ ...part, settings: { ...change.settings, ...part.settings }, ...keep(result) });
  return result;
}

/** What is stored when the same is said of alerts, and the alerts as they are then. */
async function say(
  context: SiteContext,
  alerts: readonly KnownAlert[],
  news: Partial<AlertSaid>,
): Promise<{ readonly settings: Readonly<Record<string, unknown>>; readonly alerts: Alert[] }> {
  const now = context.now().getTime();
  const before = await readAlertSaid(context.database);
  const said = new Map(alerts.map(({ state }) => [state.id, { ...before[state.id], ...news, modified: now }] as const));
  const settings = await alertSaidChange(context.database, said);
  const after = await knownAlerts(context, { ...before, ...Object.fromEntries(said) });
  const subscriptions = await readSubscriptions(context.database);
  const isOne = (alert: KnownAlert): boolean => said.has(alert.state.id);
  return { settings, alerts: after.filter(isOne).map((alert) => shownAlert(alert, { now, subscriptions })) };
}

/**
 * `alert/remove`: forgets alerts of this site with all that was said of them. That of the synchronization is switched
 * off. @throws SyncError AlertNotFound, ContradictoryParameters
 */
export async function removeAlerts(
  parts: ServiceParts,
  params: AlertRemoveRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<AlertRemoveResult> {
  const { context } = parts;
  const answer = await context.settingsMutex.take(async () => removeNamed(context, params, keep));
  parts.lookAtAlerts?.();
  return answer;
}

async function removeNamed(
  context: SiteContext,
  params: AlertRemoveRequest,
  keep: KeepAnswer,
): Promise<AlertRemoveResult> {
  const { database, site, parent } = context;
  const alerts = await named(context, params);
  if (alerts.length === 0) throw notFound(params);
  const isSync = alerts.some(({ kind }) => kind === 'SyncFailure');
  if (isSync && parent !== undefined)
    throw new SyncError('ContradictoryParameters', {
      reason: `The parent site ${parent.siteCode} decides that this alert exists. Disable it here, or remove it there`,
    });
  const part = await alertPart(database, await alertRemoval(context, alerts));
  const result: AlertRemoveResult = { removed: alerts.map(({ state }) => state.id) };
  const before = await readSettings(database, site.serverName);
  const off = isSync ? settingsChange({ ...before, syncFailureAlert: false }) : {};
  await database.commit({ ...part, settings: { ...off, ...part.settings }, ...keep(result) });
  return result;
}

/** Which alerts of this site a command means. */
type Which = Pick<AlertSetRequest, 'id' | 'name' | 'wildcard'>;

async function named(context: SiteContext, { id, name, wildcard }: Which): Promise<KnownAlert[]> {
  if ((id === undefined) === (name === undefined))
    throw new SyncError('ContradictoryParameters', { reason: 'Give either the id or the name of an alert' });
  const pattern = namePattern(name ?? '*', name === undefined || wildcard === true);
  const known = await knownAlerts(context);
  return known.filter(({ state, rule }) => (id === undefined || state.id === id) && pattern.test(rule.name));
}

function notFound({ id, name }: Which): SyncError {
  return new SyncError('AlertNotFound', { alert: id ?? name ?? '' });
}
