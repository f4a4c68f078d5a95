import { reasonOf } from '../errors/SyncError.js';
import type { SiteContext } from '../state/SiteContext.js';
import { type AlertSubscription, parseReceiver, type Receiver } from '../state/AlertSubscription.js';
import { sourceSettings } from '../state/createSource.js';
import { siteSettings } from '../state/inheritedSettings.js';
import type { NotificationSettings } from '../state/NotificationSettings.js';
import { createDispatcher, trustedRoots } from '../upstream/dispatchers.js';
import { chooseProxy } from '../upstream/proxy.js';
import type { AlertMessage } from './AlertMessage.js';
import { isLoopbackServer } from '../platform/isLoopbackServer.js';
import { failed, type Outcome } from './Outcome.js';
import { isShownWebhook } from './shownWebhook.js';
import type { NotificationSecrets } from './notificationSecrets.js';

/** What messages are sent with. */
interface SendingWith {
  readonly context: SiteContext;
  readonly notification: NotificationSettings;
  readonly secrets: NotificationSecrets;
  readonly environment: NodeJS.ProcessEnv;
  /** Ends what is on its way. */
  readonly signal?: AbortSignal;
}

/**
 * Sends a message to a receiver of the outbox: by mail or webhook, whose code is loaded when it is first needed. Never
 * rejects: what it cannot be sent with, such as a password that cannot be opened, is a failure of this receiver.
 */
export async function send(
  message: AlertMessage,
  to: { readonly receiver: string; readonly subscription: AlertSubscription },
  parts: SendingWith,
): Promise<Outcome> {
  const receiver = parseReceiver(to.receiver);
  try {
    return await (receiver.channel === 'mail' ? mail(message, receiver, parts) : post(message, to.subscription, parts));
  } catch (error) {
    return failed(`The message could not be sent: ${reasonOf(error)}`);
  }
}

async function mail(message: AlertMessage, { address }: Receiver, parts: SendingWith): Promise<Outcome> {
  const { context, notification, secrets, signal } = parts;
  if (notification.smtpServer === '')
    return failed('The site has no mail server: set one with Set-CMSyncNotification (configmgrsync notification set)');
  const { sendMail } = await import('./sendMail.js');
  const { sourceCABundle } = await siteSettings(context);
  return sendMail(address, message, {
    ...notification,
    password: notification.userName === '' ? undefined : await secrets.smtpPassword(notification.isInherited),
    authorities: trustedRoots({ authority: undefined, caBundle: sourceCABundle }),
    zone: context.zone,
    siteGuid: context.site.siteGuid,
    signal,
  });
}

async function post(message: AlertMessage, subscription: AlertSubscription, parts: SendingWith): Promise<Outcome> {
  const { context, secrets, environment, signal } = parts;
  // An address that could not be sealed is still where an earlier version stored it.
  const stored = isShownWebhook(subscription.webhook) ? undefined : subscription.webhook;
  const webhook = stored ?? (await secrets.webhookAddress(subscription.id));
  if (webhook === undefined)
    return failed('The address of the webhook is not known on this machine: set it again (-WebhookUri, --webhook-uri)');
  const url = new URL(webhook);
  const settings = { ...(await sourceSettings(context.site, await siteSettings(context))), authority: undefined };
  // A proxy would get in the clear what is for this machine alone, and look at its own.
  const proxy = isLoopbackServer(url.hostname) ? undefined : chooseProxy(url, settings, environment);
  const dispatcher = createDispatcher(url, settings, proxy);
  try {
    const { sendWebhook } = await import('./sendWebhook.js');
    return await sendWebhook(message, {
      webhook,
      webhookFormat: subscription.webhookFormat,
      secret: await secrets.webhookSecret(subscription.id),
      dispatcher,
      zone: context.zone,
      now: context.now().getTime(),
      signal,
    });
  } finally {
    await dispatcher.destroy();
  }
}
