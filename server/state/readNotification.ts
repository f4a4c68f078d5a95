import type { SiteReads } from '../store/SiteDatabase.js';
import { notificationOf, type NotificationSettings, type OwnNotification } from './NotificationSettings.js';
import { readState, STATE } from './siteState.js';

type Database = Pick<SiteReads, 'setting'>;

/** How the site sends mail: its own settings, its parent's, and the defaults. */
export async function readNotification(database: Database): Promise<NotificationSettings> {
  return notificationOf(
    await readOwnNotification(database),
    (await readState(database, STATE.inheritedNotification)) ?? undefined,
  );
}

/** What the site has set itself; undefined for nothing. */
export async function readOwnNotification(database: Database): Promise<OwnNotification | undefined> {
  return (await readState(database, STATE.notification)) ?? undefined;
}
