import type {
  Notification,
  NotificationGetRequest,
  NotificationSetRequest,
  NotificationSetResult,
} from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { isPlainAddress } from '../notify/addresses.js';
import { isLoopbackServer } from '../platform/isLoopbackServer.js';
import { notificationSecrets } from '../notify/notificationSecrets.js';
import { realSealer } from '../platform/sealSecret.js';
import { dueNow } from '../state/dueNow.js';
import type { SiteContext } from '../state/SiteContext.js';
import {
  DEFAULT_NOTIFICATION,
  notificationOf,
  type NotificationSettings,
  type OwnNotification,
} from '../state/NotificationSettings.js';
import { readNotification, readOwnNotification } from '../state/readNotification.js';
import { readState, STATE, stateChange } from '../state/siteState.js';
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
  { context }: Pick<ServiceParts, 'context'>,
  params: NotificationSetRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<NotificationSetResult> {
  return context.settingsMutex.take(async () => {
    const before = await readNotification(context.database);
    if (params.inherit === true) checkInherit(context, params);
    const own = params.inherit === true ? undefined : await ownAfter(context, params, before);
    // A password is for one server: another one does not get it.
    const isKept = params.inherit !== true && params.smtpPassword === undefined && !isOtherServer(params, before);
    if (!isKept) await notificationSecrets(context.site, realSealer()).keepSmtpPassword(params.smtpPassword ?? '');
    const after = notificationOf(own, (await readState(context.database, STATE.inheritedNotification)) ?? undefined);
    const notification = await toNotification(context, after);
    const result = { notification, warnings: warningsOf(notification, params.smtpPassword) };
    const deliverySteps = await dueNow(context, ({ channel }) => channel === 'mail');
    await context.database.commit({
      settings: stateChange({ notification: own ?? null }),
      deliverySteps,
      ...keep(result),
    });
    return result;
  });
}

function checkInherit(
  { parent }: SiteContext,
  { requestId: _id, inherit: _inherit, ...others }: NotificationSetRequest,
): void {
  if (parent === undefined) throw contradictory('This site has no parent whose settings it could have');
  if (Object.keys(others).length > 0)
    throw contradictory('Inherited settings and settings of its own exclude each other');
}

function isOtherServer({ smtpServer }: NotificationSetRequest, before: NotificationSettings): boolean {
  return smtpServer !== undefined && (before.isInherited || smtpServer !== before.smtpServer);
}

/** What belongs to a mail server: nobody has a part of it of its own and the rest from the parent. */
const OF_SERVER = ['smtpPort', 'smtpSecurity', 'userName', 'smtpPassword'] as const;

/** What the site has of its own after a change. */
async function ownAfter(
  { database, now }: SiteContext,
  params: NotificationSetRequest,
  before: NotificationSettings,
): Promise<OwnNotification> {
  const { requestId: _id, smtpPassword, allowUnencrypted, inherit: _inherit, ...given } = params;
  const isOther = isOtherServer(params, before);
  const hasServer = !before.isInherited || given.smtpServer !== undefined;
  if (!hasServer && OF_SERVER.some((name) => params[name] !== undefined))
    throw contradictory('The mail server is the one of the parent site: give a mail server of this site too');
  const passwordNumber = smtpPassword !== undefined || isOther ? now().getTime() : undefined;
  const own: OwnNotification = {
    ...(await readOwnNotification(database)),
    ...given,
    ...(passwordNumber !== undefined && { passwordNumber }),
    ...(given.smtpServer !== undefined && { isOwn: true }),
  };
  const isSet = isOther || given.smtpSecurity !== undefined;
  if (hasServer) check({ ...DEFAULT_NOTIFICATION, ...own }, { isAllowed: allowUnencrypted === true, isSet });
  else checkSender(own.sender ?? '');
  return own;
}

function check(after: NotificationSettings, said: { isAllowed: boolean; isSet: boolean }): void {
  const { smtpServer, smtpSecurity, sender, userName } = after;
  checkSender(sender);
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

function checkSender(sender: string): void {
  if (sender !== '' && !isPlainAddress(sender)) throw new SyncError('EmailAddressInvalid', { address: sender });
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
  const password = await notificationSecrets(context.site, realSealer()).smtpPassword(settings.isInherited);
  const { waiting, dead, deadError } = await context.database.outboxCounts();
  return {
    SmtpServer: settings.smtpServer,
    SmtpPort: settings.smtpPort,
    SmtpSecurity: settings.smtpSecurity,
    Sender: settings.sender,
    UserName: settings.userName,
    InheritedFrom: settings.isInherited ? (context.parent?.siteCode ?? '') : '',
    HasPassword: password !== undefined && password !== '',
    DigestMinutes: settings.digestMinutes,
    Waiting: waiting,
    Failed: dead,
    LastError: deadError,
  };
}
