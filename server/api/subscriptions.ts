import type {
  AlertSubscriptionObject,
  SubscriptionAddRequest,
  SubscriptionListRequest,
  SubscriptionListResult,
  SubscriptionRemoveRequest,
  SubscriptionRemoveResult,
  SubscriptionSetRequest,
  SubscriptionSetResult,
} from '../contract/generated/types.js';
import { namePattern } from '../criteria/names.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { type NotificationSecrets, notificationSecrets } from '../notify/notificationSecrets.js';
import { shownWebhook } from '../notify/shownWebhook.js';
import { realSealer } from '../platform/sealSecret.js';
import type { SiteContext } from '../state/SiteContext.js';
import {
  type AlertSubscription,
  NEW_SUBSCRIPTION,
  parseReceiver,
  type Receiver,
  receiversOf,
} from '../state/AlertSubscription.js';
import { dueNow } from '../state/dueNow.js';
import { readSubscriptions } from '../state/alertSubscriptions.js';
import { knownAlerts } from '../state/knownAlerts.js';
import { readNotification } from '../state/readNotification.js';
import { readState, STATE, stateChange } from '../state/siteState.js';
import type { Asked } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';
import { changedSubscription, receiverWarnings, subscriptionWarnings } from './changeSubscriptions.js';

/** Which subscriptions are meant. */
type Wanted = Pick<SubscriptionListRequest, 'id' | 'name' | 'wildcard'>;

/** `subscription/list`. */
export async function listSubscriptions(
  { context }: Pick<ServiceParts, 'context'>,
  params: SubscriptionListRequest,
): Promise<SubscriptionListResult> {
  const found = matching(await readSubscriptions(context.database), params);
  return { subscriptions: await Promise.all(found.map(async (one) => toObject(context, one))) };
}

/** Those that are meant, at least one. @throws SyncError SubscriptionNotFound, ContradictoryParameters */
export async function wantedSubscriptions(context: SiteContext, wanted: Wanted): Promise<readonly AlertSubscription[]> {
  if ((wanted.id === undefined) === (wanted.name === undefined))
    throw new SyncError('ContradictoryParameters', { reason: 'Give either the id or the name of a subscription' });
  const found = matching(await readSubscriptions(context.database), wanted);
  if (found.length > 0) return found;
  throw new SyncError('SubscriptionNotFound', { subscription: wanted.name ?? wanted.id ?? '' });
}

function matching(
  all: readonly AlertSubscription[],
  { id, name, wildcard = false }: Wanted,
): readonly AlertSubscription[] {
  const isMeant = (wanted: string | undefined, value: string): boolean =>
    wanted === undefined || namePattern(wanted, wildcard).test(value);
  return all.filter((one) => isMeant(id, String(one.id)) && isMeant(name, one.name));
}

/** `subscription/add`. @throws SyncError SubscriptionExists, EmailAddressInvalid, WebhookInvalid, … */
export async function addSubscription(
  { context }: ServiceParts,
  params: SubscriptionAddRequest,
  asked: Pick<Asked, 'keep'>,
): Promise<SubscriptionSetResult> {
  return context.settingsMutex.take(async () => {
    const id = ((await readState(context.database, STATE.lastSubscriptionId)) ?? 0) + 1;
    const now = context.now().getTime();
    const made = { ...NEW_SUBSCRIPTION, id, name: params.name, created: now };
    return store(context, { before: made, params, lastSubscriptionId: id }, asked);
  });
}

/** `subscription/set`. @throws SyncError SubscriptionNotFound and those of `subscription/add` */
export async function setSubscription(
  { context }: Pick<ServiceParts, 'context'>,
  params: SubscriptionSetRequest,
  asked: Pick<Asked, 'keep'>,
): Promise<SubscriptionSetResult> {
  return context.settingsMutex.take(async () => {
    const [before = NEW_SUBSCRIPTION, ...others] = await wantedSubscriptions(context, params);
    if (others.length > 0)
      throw new SyncError('ContradictoryParameters', {
        reason: `${others.length + 1} subscriptions are meant, and one is changed at a time: give its id or whole name`,
      });
    return store(context, { before, params }, asked);
  });
}

interface Change {
  readonly before: AlertSubscription;
  readonly params: SubscriptionAddRequest | SubscriptionSetRequest;
  /** Of one that is made. */
  readonly lastSubscriptionId?: number;
}

async function store(
  context: SiteContext,
  { before, params, lastSubscriptionId }: Change,
  { keep }: Pick<Asked, 'keep'>,
): Promise<SubscriptionSetResult> {
  const { database } = context;
  const all = await readSubscriptions(database);
  const after = { ...changedSubscription(before, params), modified: context.now().getTime() };
  const same = all.find((one) => one.id !== after.id && one.name.toLowerCase() === after.name.toLowerCase());
  if (same !== undefined) throw new SyncError('SubscriptionExists', { subscription: same.name });
  if (params.webhookSecret !== undefined) await secretsOf(context).keepWebhookSecret(after.id, params.webhookSecret);
  if (params.webhookUri !== undefined) await secretsOf(context).keepWebhookAddress(after.id, params.webhookUri);
  const rest = all.filter((one) => one.id !== after.id);
  const result: SubscriptionSetResult = {
    subscription: await toObject(context, after),
    warnings: [
      ...subscriptionWarnings(after, params, await readNotification(database)),
      ...receiverWarnings(after, rest, await knownAlerts(context)),
    ],
  };
  const subscriptions = [...rest, after].sort((a, b) => a.id - b.id);
  const isOther = params.webhookUri !== undefined || params.webhookSecret !== undefined;
  const isOwnWebhook = ({ subscriptionId, channel }: Receiver): boolean =>
    subscriptionId === after.id && channel === 'webhook';
  const deliverySteps = isOther ? await dueNow(context, isOwnWebhook) : [];
  const settings = stateChange({ subscriptions, lastSubscriptionId });
  await database.commit({ settings, deliverySteps, ...keep(result) });
  return result;
}

/** `subscription/remove`: with what waits for their receivers. */
export async function removeSubscriptions(
  { context }: ServiceParts,
  params: SubscriptionRemoveRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<SubscriptionRemoveResult> {
  return context.settingsMutex.take(async () => {
    const gone = await wantedSubscriptions(context, params);
    const ids = new Set(gone.map(({ id }) => id));
    const rest = (await readSubscriptions(context.database)).filter(({ id }) => !ids.has(id));
    for (const id of ids) await forgetSecret(context, id);
    const result = { names: gone.map(({ name }) => name) };
    const deliverySteps = gone.flatMap(receiversOf).map((receiver) => ({ kind: 'drop' as const, receiver }));
    await context.database.commit({ settings: stateChange({ subscriptions: rest }), deliverySteps, ...keep(result) });
    return result;
  });
}

/** Secrets that cannot be opened keep nobody from being removed. */
async function forgetSecret(context: SiteContext, id: number): Promise<void> {
  try {
    await secretsOf(context).keepWebhookSecret(id, '');
    await secretsOf(context).keepWebhookAddress(id, '');
  } catch (error) {
    context.log.write(`The secrets of a webhook could not be forgotten: ${reasonOf(error)}`);
  }
}

function secretsOf({ site }: SiteContext): NotificationSecrets {
  return notificationSecrets(site, realSealer());
}

/** SMS_Subscription, then ours. */
async function toObject(context: SiteContext, one: AlertSubscription): Promise<AlertSubscriptionObject> {
  const time = (value: number): string | null => (value === 0 ? null : new Date(value).toISOString());
  const waiting = (await context.database.waitingDeliveries()).filter(
    ({ receiver }) => parseReceiver(receiver).subscriptionId === one.id,
  );
  const { isSigned, unopened } = await signing(context, one);
  return {
    ID: one.id,
    Name: one.name,
    EmailAddresses: [...one.emailAddresses],
    AlertIDs: [...one.alertIds],
    LocaleID: one.localeId,
    WebhookUri: shownWebhook(one.webhook),
    WebhookFormat: one.webhookFormat,
    IsWebhookSigned: isSigned,
    QuietHours: one.quietHours,
    DateCreated: time(one.created),
    DateLastModified: time(one.modified),
    Waiting: waiting.reduce((sum, { count }) => sum + count, 0),
    LastError: waiting.find(({ error }) => error !== '')?.error ?? unopened,
  };
}

/** A secret that cannot be opened hides no subscription: nothing is signed, nor sent, with it. */
async function signing(
  context: SiteContext,
  { id, webhook }: AlertSubscription,
): Promise<{ readonly isSigned: boolean; readonly unopened: string }> {
  if (webhook === '') return { isSigned: false, unopened: '' };
  try {
    return { isSigned: (await secretsOf(context).webhookSecret(id)) !== undefined, unopened: '' };
  } catch (error) {
    return { isSigned: false, unopened: reasonOf(error) };
  }
}
