import type { SiteReads } from '../store/SiteDatabase.js';
import { DEFAULT_NOTIFICATION, type NotificationSettings } from './NotificationSettings.js';
import { readState, STATE } from './siteState.js';

/** How the site sends mail, completed with the defaults. */
export async function readNotification(database: Pick<SiteReads, 'setting'>): Promise<NotificationSettings> {
  return { ...DEFAULT_NOTIFICATION, ...(await readState(database, STATE.notification)) };
}
