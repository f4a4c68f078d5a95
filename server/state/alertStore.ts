import type { Run } from '../contract/generated/types.js';
import { alertAfterRun, newSyncAlert, type SyncAlertState } from '../criteria/syncAlert.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { SiteReads } from '../store/SiteDatabase.js';

/**
 * What an administrator said of the alert; kept apart from what runs make of it, so that neither overwrites the other.
 */
export interface SyncAlertTexts {
  readonly name: string;
  readonly comments: string;
  /** 1 error, 2 warning, 3 informational. */
  readonly severity: number;
  readonly parameterValues: string;
  readonly modified: number;
}

const STATE = 'alert.sync.state';
const TEXTS = 'alert.sync.texts';
const LAST_ID = 'alert.lastId';
/** So many alerts a site can have had; numbers of alerts stay below 2^31. */
const IDS_OF_A_SITE = 2 ** 14;

/** The alert of the site's synchronization, undefined while it is switched off. */
export async function readSyncAlert(database: SiteReads): Promise<SyncAlertState | undefined> {
  return ((await database.setting(STATE)) as SyncAlertState | null | undefined) ?? undefined;
}

/** What an administrator said of it, undefined for nothing. */
export async function readAlertTexts(database: SiteReads): Promise<SyncAlertTexts | undefined> {
  return ((await database.setting(TEXTS)) as SyncAlertTexts | null | undefined) ?? undefined;
}

/** The part of a transaction that stores what an administrator said. */
export function alertTextsChange(texts: SyncAlertTexts): Readonly<Record<string, unknown>> {
  return { [TEXTS]: texts };
}

/** The part of a transaction that makes the alert when it is switched on, and removes it when it is switched off. */
export async function alertSwitchChange(
  database: SiteReads,
  isEnabled: boolean,
  { site, now }: { site: Pick<SiteFolder, 'siteCode'>; now: number },
): Promise<Readonly<Record<string, unknown>>> {
  const exists = (await readSyncAlert(database)) !== undefined;
  if (exists === isEnabled) return {};
  if (!isEnabled) return { [STATE]: null, [TEXTS]: null };
  const id = Number((await database.setting(LAST_ID)) ?? lastIdBefore(site.siteCode)) + 1;
  return { [STATE]: newSyncAlert(id, now), [LAST_ID]: id };
}

/** The part of a transaction that a finished run makes of the alert. */
export async function alertRunChange(
  database: SiteReads,
  run: Run,
  now: number,
): Promise<Readonly<Record<string, unknown>>> {
  const alert = await readSyncAlert(database);
  const after = alert === undefined ? undefined : alertAfterRun(alert, run, now);
  return after === alert ? {} : { [STATE]: after };
}

/**
 * As the product's numbers hold the number of the site: an alert of a site below is not taken for one of the site that
 * shows it.
 */
function lastIdBefore(siteCode: string): number {
  return (Number.parseInt(siteCode, 36) + 1) * IDS_OF_A_SITE;
}
