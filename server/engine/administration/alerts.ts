import type {
  Alert,
  AlertListRequest,
  AlertListResult,
  AlertSetRequest,
  AlertSetResult,
} from '../../contract/generated/types.js';
import { namePattern } from '../../criteria/names.js';
import { SyncError } from '../../errors/SyncError.js';
import type { LinkedNode } from '../../hierarchy/link/SiteLinks.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { toAlert } from '../objects/toAlert.js';
import { alertTextsChange, readAlertTexts, readSyncAlert } from '../../state/alertStore.js';

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
export async function setAlert(context: SiteContext, params: AlertSetRequest): Promise<AlertSetResult> {
  return context.settingsMutex.take(async () => changeAlert(context, params));
}

async function changeAlert(context: SiteContext, params: AlertSetRequest): Promise<AlertSetResult> {
  const { requestId, id, name, newName, comment, severity, parameterValue } = params;
  if ((id === undefined) === (name === undefined))
    throw new SyncError('ContradictoryParameters', { reason: 'An alert is named either by its id or by its name' });
  if ([newName, comment, severity, parameterValue].every((value) => value === undefined)) {
    throw new SyncError('ContradictoryParameters', {
      reason: 'Nothing is given to set: NewName, Comment, Severity or ParameterValue',
    });
  }
  const [alert] = (
    await listAlerts(context, {
      ...(id === undefined ? {} : { id }),
      ...(name === undefined ? {} : { name }),
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
  await context.database.commit({
    settings: alertTextsChange(texts),
    request: { requestId, method: 'alert/set', result: JSON.stringify(result), time },
  });
  return result;
}
