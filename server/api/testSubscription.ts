import type { DeliveryTest, SubscriptionTestRequest, SubscriptionTestResult } from '../contract/generated/types.js';
import { randomUUID } from 'node:crypto';
import type { AlertMessage } from '../notify/AlertMessage.js';
import { notificationSecrets } from '../notify/notificationSecrets.js';
import { shownWebhook } from '../notify/shownWebhook.js';
import { send } from '../notify/Sender.js';
import { realSealer } from '../platform/sealSecret.js';
import type { SiteContext } from '../state/SiteContext.js';
import { type AlertSubscription, parseReceiver, receiversOf } from '../state/AlertSubscription.js';
import { readNotification } from '../state/readNotification.js';
import type { ServiceParts } from './ServiceParts.js';
import { wantedSubscriptions } from './subscriptions.js';

/** A mail server takes so many connections of one machine. */
const AT_ONCE = 8;

/** `subscription/test`: sends one message to each receiver at once. @throws SyncError SubscriptionNotFound */
export async function testSubscription(
  { context }: Pick<ServiceParts, 'context'>,
  params: SubscriptionTestRequest,
): Promise<SubscriptionTestResult> {
  const wanted = await wantedSubscriptions(context, params);
  const pairs = wanted.flatMap((one) => receiversOf(one).map((receiver) => ({ subscription: one, receiver })));
  const results: DeliveryTest[] = [];
  const queue = pairs.entries();
  const next = async (): Promise<void> => {
    for (const [index, pair] of queue) results[index] = await testOne(context, pair);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return { results };
}

async function testOne(
  context: SiteContext,
  to: { readonly subscription: AlertSubscription; readonly receiver: string },
): Promise<DeliveryTest> {
  const { isDelivered, answer } = await send(testMessage(context), to, {
    context,
    notification: await readNotification(context.database),
    secrets: notificationSecrets(context.site, realSealer()),
    environment: process.env,
  });
  const { channel, address } = parseReceiver(to.receiver);
  return {
    SubscriptionName: to.subscription.name,
    Channel: channel === 'mail' ? 'Mail' : 'Webhook',
    Receiver: channel === 'mail' ? address : shownWebhook(to.subscription.webhook),
    Succeeded: isDelivered,
    Answer: answer,
  };
}

function testMessage({ site, now }: SiteContext): AlertMessage {
  const { siteCode, serverName } = site;
  const alert = {
    alertId: 0,
    kind: 'Test',
    siteCode,
    severity: 3,
    name: 'Test of an alert subscription',
    cause: 'Somebody tests whether alerts arrive.',
    nextStep: 'There is nothing to do.',
    at: now().getTime(),
    state: 'Raised' as const,
  };
  return { siteCode, serverName, key: randomUUID().replaceAll('-', ''), alerts: [alert], count: 1, isTest: true };
}
