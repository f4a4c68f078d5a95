import type { Run } from '../contract/generated/types.js';
import { alertAfterRun, newSyncAlert, type SyncAlertState } from '../criteria/syncAlert.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import { readState, STATE, stateChange, type SyncAlertTexts } from './siteState.js';

/** So many alerts a site can have had; numbers of alerts stay below 2^31. */
const IDS_OF_A_SITE = 2 ** 14;

/** The alert of the site's synchronization, undefined while it is switched off. */
export async function readSyncAlert(database: SiteReads): Promise<SyncAlertState | undefined> {
  return readState(database, STATE.alert);
}

/** What an administrator said of it, undefined for nothing. */
export async function readAlertTexts(database: SiteReads): Promise<SyncAlertTexts | undefined> {
  return readState(database, STATE.alertTexts);
}

/** The part of a transaction that stores what an administrator said. */
export function alertTextsChange(texts: SyncAlertTexts): Readonly<Record<string, unknown>> {
  return stateChange({ alertTexts: texts });
}

/** The part of a transaction that makes the alert when it is switched on, and removes it when it is switched off. */
export async function alertSwitchChange(
  database: SiteReads,
  isEnabled: boolean,
  { site, now }: { site: Pick<SiteFolder, 'siteCode'>; now: number },
): Promise<Readonly<Record<string, unknown>>> {
  const exists = (await readSyncAlert(database)) !== undefined;
  if (exists === isEnabled) return {};
  if (!isEnabled) return stateChange({ alert: null, alertTexts: null });
  const id = ((await readState(database, STATE.lastAlertId)) ?? lastIdBefore(site.siteCode)) + 1;
  return stateChange({ alert: newSyncAlert(id, now), lastAlertId: id });
}

/** The part of a transaction that a finished run makes of the alert. */
export async function alertRunChange(
  database: SiteReads,
  run: Run,
  now: number,
): Promise<Readonly<Record<string, unknown>>> {
  const alert = await readSyncAlert(database);
  const after = alert === undefined ? undefined : alertAfterRun(alert, run, now);
  return after === alert ? {} : stateChange({ alert: after });
}

/**
 * As the product's numbers hold the number of the site: an alert of a site below is not taken for one of the site that
 * shows it.
 */
function lastIdBefore(siteCode: string): number {
  return (Number.parseInt(siteCode, 36) + 1) * IDS_OF_A_SITE;
}
