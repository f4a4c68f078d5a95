import type { Run } from '../contract/generated/types.js';
import { type AlertEvent, alertEvent } from '../criteria/AlertEvent.js';
import { ALERT_KINDS, type AlertKind } from '../criteria/alertKinds.js';
import { lastIdBefore } from '../criteria/alertNumbers.js';
import {
  type AlertRule,
  type AllSaid,
  type AlertSaid,
  type ConditionAlerts,
  NO_ALERTS,
  ruleOf,
} from '../criteria/alertRules.js';
import { alertAfter, type AlertState, newAlert } from '../criteria/alertState.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import { deliveriesFor } from './alertDeliveries.js';
import { readState, STATE, stateChange } from './siteState.js';

type Site = Pick<SiteFolder, 'siteCode' | 'serverName'>;

/** A part of a transaction, and what the receivers of alerts are told of it: that is committed with it. */
export interface AlertChange {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly events: readonly AlertEvent[];
}

/** The part of a transaction that stores a change of alerts with all that follows from its events. */
export async function alertPart(
  database: SiteReads,
  { settings, events }: AlertChange,
): Promise<Pick<SiteChanges, 'alertDeliveries'> & { readonly settings: Readonly<Record<string, unknown>> }> {
  return { settings, ...(await deliveriesFor(database, events)) };
}

/** Where alerts are stored, and when. */
interface AlertPlace {
  readonly database: SiteReads;
  readonly site: Site;
  readonly now: () => Date;
}

/** What is known of an alert that goes. */
interface RemovedAlert {
  readonly kind: AlertKind;
  readonly state: AlertState;
  readonly rule: AlertRule;
}

const NOTHING: AlertChange = { settings: {}, events: [] };

/** The alert of the site's synchronization, undefined while it is switched off. */
export async function readSyncAlert(database: SiteReads): Promise<AlertState | undefined> {
  return readState(database, STATE.alert);
}

/** Alerts of conditions that were met. One of another form is of a later version, and unknown. */
export async function readConditionAlerts(database: SiteReads): Promise<ConditionAlerts> {
  const stored = await readState(database, STATE.conditionAlerts);
  return stored?.form === 1 ? { ...stored, form: 1 } : NO_ALERTS;
}

/** What administrators said of alerts; an earlier version knew texts of the failed synchronization alone. */
export async function readAlertSaid(database: SiteReads): Promise<AllSaid> {
  const said = await readState(database, STATE.alertSaid);
  if (said !== undefined) return said;
  const texts = await readState(database, STATE.alertTexts);
  const alert = texts === undefined ? undefined : await readSyncAlert(database);
  return texts === undefined || alert === undefined ? {} : { [alert.id]: texts };
}

/** The part of a transaction that stores what an administrator said; undefined forgets what was said of it. */
export async function alertSaidChange(
  database: SiteReads,
  said: ReadonlyMap<number, AlertSaid | undefined>,
): Promise<Readonly<Record<string, unknown>>> {
  const before = new Map(Object.entries(await readAlertSaid(database)));
  for (const [id, one] of said)
    if (one === undefined) before.delete(String(id));
    else before.set(String(id), one);
  return stateChange({ alertSaid: Object.fromEntries(before), alertTexts: null });
}

/** What holds for the alert of the synchronization. */
export function syncAlertRule(alert: AlertState, site: Site, said: AllSaid): AlertRule {
  return ruleOf({ id: alert.id, kind: 'SyncFailure', siteCode: site.siteCode, shown: site.serverName }, said);
}

/** The part of a transaction that makes the alert when it is switched on, and removes it when it is switched off. */
export async function alertSwitchChange(
  database: SiteReads,
  isEnabled: boolean,
  { site, now }: { site: Site; now: number },
): Promise<AlertChange> {
  const alert = await readSyncAlert(database);
  if ((alert !== undefined) === isEnabled) return NOTHING;
  if (alert !== undefined) {
    const rule = syncAlertRule(alert, site, await readAlertSaid(database));
    const removed = { kind: 'SyncFailure', state: alert, rule } as const;
    return alertRemoval({ database, site, now: () => new Date(now) }, [removed]);
  }
  const id = ((await readState(database, STATE.lastAlertId)) ?? lastIdBefore(site.siteCode)) + 1;
  return { settings: stateChange({ alert: newAlert(id, now), lastAlertId: id }), events: [] };
}

/** The alert of the synchronization is over without a run, because it is switched off. */
export async function syncAlertOver({ database, site, now }: AlertPlace): Promise<AlertChange> {
  const alert = await readSyncAlert(database);
  if (alert === undefined) return NOTHING;
  const rule = syncAlertRule(alert, site, await readAlertSaid(database));
  const time = now().getTime();
  const { alert: after, tells } = alertAfter(alert, { isBad: false, cause: '' }, { ...rule, now: time });
  const told = { kind: 'SyncFailure', siteCode: site.siteCode, rule, nextStep: '', now: time } as const;
  return {
    settings: after === alert ? {} : stateChange({ alert: after }),
    events: tells === undefined ? [] : [alertEvent(alert, { ...told, tells })],
  };
}

/** The part of a transaction that forgets alerts with all that was said of them. */
export async function alertRemoval(place: AlertPlace, alerts: readonly RemovedAlert[]): Promise<AlertChange> {
  const { database, site } = place;
  const now = place.now().getTime();
  const ids = new Set(alerts.map(({ state }) => state.id));
  const before = await readConditionAlerts(database);
  const said = await alertSaidChange(database, new Map([...ids].map((id) => [id, undefined])));
  const isSync = alerts.some(({ kind }) => kind === 'SyncFailure');
  return {
    settings: {
      ...said,
      ...stateChange({
        conditionAlerts: { ...before, alerts: before.alerts.filter(({ id }) => !ids.has(id)) },
        alert: isSync ? null : undefined,
      }),
    },
    events: alerts.flatMap(({ state, kind, rule }) => {
      const { tells } = alertAfter(state, { isBad: false, cause: '' }, { ...rule, now });
      const told = { kind, siteCode: site.siteCode, rule, nextStep: '', now } as const;
      return tells === undefined ? [] : [alertEvent(state, { ...told, tells })];
    }),
  };
}

/**
 * The part of a transaction that a finished run makes of the alert: a failure raises it, a success cancels one that is
 * active. A run that was stopped, or whose engine ended under it, says nothing about the upstream and changes nothing.
 */
export async function alertRunChange(
  database: SiteReads,
  run: Run,
  { site, now }: { site: Site; now: number },
): Promise<AlertChange> {
  const isFailure = run.State === 'Failed' && run.ErrorId !== 'EngineStopped';
  if (!isFailure && run.State !== 'Succeeded') return NOTHING;
  const before = await readSyncAlert(database);
  if (before === undefined) return NOTHING;
  const rule = syncAlertRule(before, site, await readAlertSaid(database));
  const cause = `${run.ErrorId ?? ''}: ${run.ErrorMessage ?? ''}`;
  const { alert, tells } = alertAfter(before, { isBad: isFailure, cause, isAgain: true }, { ...rule, now });
  const nextStep = run.NextStep ?? ALERT_KINDS.SyncFailure.nextStep;
  const told = { kind: 'SyncFailure', siteCode: site.siteCode, rule, nextStep, now } as const;
  return {
    settings: alert === before ? {} : stateChange({ alert }),
    events: tells === undefined ? [] : [alertEvent(alert, { ...told, tells })],
  };
}
