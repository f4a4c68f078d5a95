import { reasonOf } from '../errors/SyncError.js';
import { readSubscriptions } from '../state/alertSubscriptions.js';
import type { SiteContext } from '../state/SiteContext.js';
import { stateChange } from '../state/siteState.js';
import type { NotificationSecrets } from './notificationSecrets.js';
import { isShownWebhook, shownWebhook } from './shownWebhook.js';

type Place = Pick<SiteContext, 'database' | 'settingsMutex' | 'log'>;

/** Puts addresses that an earlier version stored in the clear among the secrets; those that cannot be sealed stay. */
export async function sealWebhooks(place: Place, secrets: NotificationSecrets): Promise<void> {
  const { database, settingsMutex, log } = place;
  await settingsMutex.take(async () => {
    const before = await readSubscriptions(database);
    const open = before.filter(({ webhook }) => webhook !== '' && !isShownWebhook(webhook));
    if (open.length === 0) return;
    try {
      for (const { id, webhook } of open) await secrets.keepWebhookAddress(id, webhook);
    } catch (error) {
      log.write(`The addresses of webhooks could not be sealed: ${reasonOf(error)}`);
      return;
    }
    const subscriptions = before.map((one) => ({ ...one, webhook: shownWebhook(one.webhook) }));
    await database.commit({ settings: stateChange({ subscriptions }) });
    log.write('The addresses of webhooks are now kept with the secrets of the site.');
  });
}
