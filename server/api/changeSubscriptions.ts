import type { SubscriptionAddRequest, SubscriptionSetRequest } from '../contract/generated/types.js';
import { languageMeant } from '../criteria/languageMeant.js';
import { SyncError } from '../errors/SyncError.js';
import { isPlainAddress, reasonAgainstWebhook } from '../notify/addresses.js';
import { isQuietHours } from '../notify/quietHours.js';
import { shownWebhook } from '../notify/shownWebhook.js';
import type { AlertSubscription } from '../state/AlertSubscription.js';
import type { KnownAlert } from '../state/knownAlerts.js';
import type { NotificationSettings } from '../state/NotificationSettings.js';

type Given = Partial<SubscriptionAddRequest & SubscriptionSetRequest>;

const ENGLISH = 9;
/** Sublanguages stand above these bits of a locale id. */
const LANGUAGE_BITS = 0x3ff;

/** A subscription after a change. @throws SyncError EmailAddressInvalid, WebhookInvalid, ContradictoryParameters */
export function changedSubscription(before: AlertSubscription, given: Given): AlertSubscription {
  const after: AlertSubscription = {
    ...before,
    name: (given.newName ?? before.name).trim(),
    emailAddresses: changedAddresses(before.emailAddresses, given),
    alertIds: given.alertIds === undefined ? before.alertIds : [...new Set(given.alertIds)],
    localeId: given.localeId ?? before.localeId,
    webhook: given.webhookUri === undefined ? before.webhook : shownWebhook(given.webhookUri),
    webhookFormat: given.webhookFormat ?? before.webhookFormat,
    quietHours: given.quietHours ?? before.quietHours,
  };
  check(after, given);
  return after;
}

function changedAddresses(before: readonly string[], given: Given): readonly string[] {
  const removed = new Set(split(given.removeEmailAddresses).map(keyOf));
  const wanted = [
    ...(given.emailAddresses === undefined ? before : split(given.emailAddresses)),
    ...split(given.addEmailAddresses),
  ];
  const byKey = new Map(wanted.map((address) => [keyOf(address), address]));
  const addresses = [...byKey.values()].filter((address) => !removed.has(keyOf(address)));
  const wrong = addresses.find((address) => !isPlainAddress(address));
  if (wrong !== undefined) throw new SyncError('EmailAddressInvalid', { address: wrong });
  return addresses;
}

/** The product takes several addresses in one text, with semicolons. */
function split(texts: readonly string[] = []): readonly string[] {
  return texts
    .flatMap((text) => text.split(';'))
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

function keyOf(address: string): string {
  return address.toLowerCase();
}

function check(after: AlertSubscription, given: Given): void {
  const reason = (given.webhookUri ?? '') === '' ? undefined : reasonAgainstWebhook(given.webhookUri ?? '');
  if (reason !== undefined) throw new SyncError('WebhookInvalid', { address: after.webhook, reason });
  if (after.quietHours !== '' && !isQuietHours(after.quietHours))
    throw contradictory('Quiet hours are two different times such as 22:00-06:00');
  if (after.name === '') throw contradictory('The name is empty');
  if (after.emailAddresses.length === 0 && after.webhook === '')
    throw contradictory('A subscription needs an e-mail address or a webhook');
  if (given.requireValidLocaleId === true && languageMeant(String(after.localeId)) === undefined)
    throw contradictory(`${after.localeId} is not a locale that is known`);
}

function contradictory(reason: string): SyncError {
  return new SyncError('ContradictoryParameters', { reason });
}

/** What a change does not do. */
export function subscriptionWarnings(
  { emailAddresses, localeId, webhook, webhookFormat }: AlertSubscription,
  given: Given,
  { smtpServer }: NotificationSettings,
): string[] {
  const isEnglish = (localeId & LANGUAGE_BITS) === ENGLISH;
  const texts: [boolean, string][] = [
    [
      emailAddresses.length > 0 && smtpServer === '',
      'No mail is sent: the site has no mail server. Set one with Set-CMSyncNotification (configmgrsync ' +
        'notification set).',
    ],
    [given.localeId !== undefined && !isEnglish, `LocaleId ${localeId} has no effect: alerts are in English.`],
    [
      given.webhookSecret !== undefined && given.webhookSecret !== '' && webhook === '',
      'The secret has no effect: the subscription has no webhook.',
    ],
    [
      given.webhookFormat !== undefined && webhook === '',
      `WebhookFormat ${webhookFormat} has no effect: the subscription has no webhook.`,
    ],
  ];
  return texts.flatMap(([isTold, text]) => (isTold ? [text] : []));
}

/** Who is told of nothing, or of everything twice. */
export function receiverWarnings(
  { emailAddresses, alertIds }: AlertSubscription,
  others: readonly AlertSubscription[],
  alerts: readonly Pick<KnownAlert, 'state'>[],
): string[] {
  const known = new Set(alerts.map(({ state }) => state.id));
  const unknown = alertIds.filter((id) => !known.has(id));
  const twice = emailAddresses.flatMap((address) => {
    const other = others.find((one) => one.emailAddresses.some((its) => keyOf(its) === keyOf(address)));
    return other === undefined ? [] : [`${address} is in the subscription ${other.name} too: it gets a mail for each.`];
  });
  if (unknown.length === 0) return twice;
  const text =
    `This site has no alert with the number ${unknown.join(', ')}: nobody is told of it. Get-CMAlert ` +
    '(configmgrsync alerts) shows the numbers; alerts of a site below are sent by that site.';
  return [text, ...twice];
}
