import { ALERT_KINDS, type AlertKind, alertKinds } from '../criteria/alertKinds.js';
import { conditionId } from '../criteria/alertNumbers.js';
import { type AllSaid, type AlertRule, ruleOf } from '../criteria/alertRules.js';
import { type AlertState, newAlert } from '../criteria/alertState.js';
import { readAlertSaid, readConditionAlerts, readSyncAlert, syncAlertRule } from './alertStore.js';
import type { SiteContext } from './SiteContext.js';

/** An alert of this site: what facts made of it, and what holds for it. */
export interface KnownAlert {
  readonly kind: AlertKind;
  readonly state: AlertState;
  readonly rule: AlertRule;
  readonly siteCode: string;
  readonly about: string;
}

/**
 * The alerts of this site: of the synchronization while that is switched on, then one of each condition at least.
 * @param given what is said of them, where it is not stored yet
 */
export async function knownAlerts(
  { database, site }: Pick<SiteContext, 'database' | 'site'>,
  given?: AllSaid,
): Promise<KnownAlert[]> {
  const { siteCode } = site;
  const said = given ?? (await readAlertSaid(database));
  const sync = await readSyncAlert(database);
  const { alerts } = await readConditionAlerts(database);
  const met = alerts.map((state) => ({
    kind: state.kind,
    state,
    rule: ruleOf({ ...state, siteCode }, said),
    siteCode,
    about: state.about,
  }));
  const isMet = new Set(alerts.filter(({ about }) => about === '').map(({ kind }) => kind));
  const others = alertKinds.filter((kind) => kind !== 'SyncFailure' && !isMet.has(kind));
  const all = [...met, ...others.map((kind) => neverMet(kind, siteCode, said))].sort(byKind);
  if (sync === undefined) return all;
  return [{ kind: 'SyncFailure', state: sync, rule: syncAlertRule(sync, site, said), siteCode, about: '' }, ...all];
}

function neverMet(kind: AlertKind, siteCode: string, said: AllSaid): KnownAlert {
  const state = newAlert(conditionId(siteCode, kind), 0);
  return { kind, state, rule: ruleOf({ id: state.id, kind, siteCode, shown: '' }, said), siteCode, about: '' };
}

function byKind(one: KnownAlert, other: KnownAlert): number {
  return ALERT_KINDS[one.kind].typeId - ALERT_KINDS[other.kind].typeId;
}
