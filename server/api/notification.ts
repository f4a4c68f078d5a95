import type {
  Notification,
  NotificationGetRequest,
  NotificationSetRequest,
  NotificationSetResult,
} from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { isLoopbackServer, isPlainAddress } from '../notify/addresses.js';
import { notificationSecrets } from '../notify/notificationSecrets.js';
import { realSealer } from '../platform/sealSecret.js';
import type { SiteContext } from '../state/SiteContext.js';
import { type NotificationSettings } from '../state/NotificationSettings.js';
import { readNotification } from '../state/readNotification.js';
import { stateChange } from '../state/siteState.js';
import type { Asked } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';

/** `notification/get`. */
export async function getNotification(
  { context }: Pick<ServiceParts, 'context'>,
  _params: NotificationGetRequest,
): Promise<Notification> {
  return toNotification(context, await readNotification(context.database));
}

/** `notification/set`. @throws SyncError ContradictoryParameters, EmailAddressInvalid, SecretSealFailed */
export async function setNotification(
  { context }: ServiceParts,
  params: NotificationSetRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<NotificationSetResult> {
  return context.settingsMutex.take(async () => {
    const { requestId: _id, smtpPassword, allowUnencrypted, ...given } = params;
    const before = await readNotification(context.database);
    const isOtherServer = given.smtpServer !== undefined && given.smtpServer !== before.smtpServer;
    const after: NotificationSettings = { ...before, ...given };
    check(after, { isAllowed: allowUnencrypted === true, isSet: isOtherServer || given.smtpSecurity !== undefined });
    // A password is for one server: another one does not get it.
    if (smtpPassword !== undefined || isOtherServer)
      await notificationSecrets(context.site, realSealer()).keepSmtpPassword(smtpPassword ?? '');
    const notification = await toNotification(context, after);
    const result = { notification, warnings: warningsOf(notification, smtpPassword) };
    await context.database.commit({ settings: stateChange({ notification: after }), ...keep(result) });
    return result;
  });
}

function check(after: NotificationSettings, said: { isAllowed: boolean; isSet: boolean }): void {
  const { smtpServer, smtpSecurity, sender, userName } = after;
  if (sender !== '' && !isPlainAddress(sender)) throw new SyncError('EmailAddressInvalid', { address: sender });
  if (smtpServer === '') return;
  if (sender === '') throw contradictory('A mail server needs a sender: give its address');
  if (smtpSecurity !== 'None' || isLoopbackServer(smtpServer)) return;
  if (userName !== '') throw contradictory('A password is sent only with TLS: choose StartTls or Tls, or no user');
  if (said.isSet && !said.isAllowed)
    throw contradictory(
      `Mail to ${smtpServer} would not be encrypted: choose StartTls or Tls, or allow it with -AllowUnencrypted ` +
        '(--allow-unencrypted)',
    );
}

function contradictory(reason: string): SyncError {
  return new SyncError('ContradictoryParameters', { reason });
}

function warningsOf(after: Notification, password: string | undefined): string[] {
  const { SmtpServer: server, UserName: userName, HasPassword: hasPassword } = after;
  if (server === '') return ['The site has no mail server: subscriptions with e-mail addresses send nothing.'];
  if (password !== undefined && password !== '' && userName === '')
    return ['The password has no effect: there is no user name.'];
  if (userName !== '' && !hasPassword)
    return [
      `There is no password for ${userName} at ${server}: give name and password together (-Credential, or ` +
        '--user-name with --smtp-password-stdin). That of another mail server was forgotten.',
    ];
  return [];
}

async function toNotification(context: SiteContext, settings: NotificationSettings): Promise<Notification> {
  const password = await notificationSecrets(context.site, realSealer()).smtpPassword();
  const { waiting, dead, deadError } = await context.database.outboxCounts();
  return {
    SmtpServer: settings.smtpServer,
    SmtpPort: settings.smtpPort,
    SmtpSecurity: settings.smtpSecurity,
    Sender: settings.sender,
    UserName: settings.userName,
    HasPassword: password !== undefined && password !== '',
    DigestMinutes: settings.digestMinutes,
    Waiting: waiting,
    Failed: dead,
    LastError: deadError,
  };
}
