import type { LinkState } from '../../contract/generated/types.js';
import { reasonOf } from '../../errors/SyncError.js';
import { realSealer } from '../../platform/sealSecret.js';
import { hasSecret, readSecret, writeSecrets } from '../../site/siteSecrets.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { readNotification } from '../../state/readNotification.js';
import { readState, STATE } from '../../state/siteState.js';
import type { LinkedNode } from '../LinkedNode.js';

/**
 * What each node is told of how alerts are sent: sites alone, with the password, as the link is encrypted and both ends
 * are known. On Windows a process opens the secret: once, however many sites there are.
 */
export function notificationBelow(
  context: SiteContext,
): (node: Pick<LinkedNode, 'role'>, state: LinkState) => Promise<LinkState> {
  let password: Promise<string | undefined> | undefined;
  return async ({ role }, state) => {
    const { notification, ...settings } = state.settings;
    if (notification === undefined) return state;
    if (role !== 'Site') return { ...state, settings };
    const smtpPassword = notification.userName === '' ? undefined : await (password ??= passwordBelow(context));
    return smtpPassword === undefined ? state : { ...state, smtpPassword };
  };
}

async function passwordBelow({ database, site, log }: SiteContext): Promise<string | undefined> {
  try {
    const { isInherited } = await readNotification(database);
    return await readSecret(site, isInherited ? 'inheritedSmtpPassword' : 'smtpPassword', realSealer());
  } catch (error) {
    log.write(`The password for the mail server could not be told to the sites below: ${reasonOf(error)}`);
    return undefined;
  }
}

type Told = Pick<LinkState, 'settings' | 'smtpPassword'>;

/**
 * Whether the parent's way of sending alerts is already what this site knows. The password is none of what a backup
 * without its keys has, and no parent tells it that could not read it.
 */
export async function knowsNotification({ database, site }: SiteContext, told: Told): Promise<boolean> {
  const known = (await readState(database, STATE.inheritedNotification)) ?? null;
  const isSame = JSON.stringify(known) === JSON.stringify(told.settings.notification ?? null);
  return isSame && ((told.smtpPassword ?? '') === '' || hasSecret(site, 'inheritedSmtpPassword'));
}

/** Seals the password of the parent's mail server; '' where there is none any more. */
export async function keepInheritedPassword({ site }: SiteContext, { smtpPassword = '' }: Told): Promise<void> {
  if (smtpPassword === '' && !hasSecret(site, 'inheritedSmtpPassword')) return;
  await writeSecrets(site, { inheritedSmtpPassword: smtpPassword }, realSealer());
}
