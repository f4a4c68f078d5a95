import type { LinkState } from '../../contract/generated/types.js';
import { reasonOf } from '../../errors/SyncError.js';
import { realSealer } from '../../platform/sealSecret.js';
import { readSecret, writeSecrets } from '../../site/siteSecrets.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { readNotification } from '../../state/readNotification.js';
import { readState, STATE } from '../../state/siteState.js';
import type { LinkedNode } from '../LinkedNode.js';

/** How alerts are sent is told to sites alone, with the password: the link is encrypted, and both ends are known. */
export async function stateOfNode(context: SiteContext, { role }: LinkedNode, state: LinkState): Promise<LinkState> {
  const { notification, ...settings } = state.settings;
  if (notification === undefined) return state;
  if (role !== 'Site') return { ...state, settings };
  const smtpPassword = notification.userName === '' ? undefined : await passwordBelow(context);
  return smtpPassword === undefined ? state : { ...state, smtpPassword };
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

/** Whether the parent's way of sending alerts is already what this site knows. */
export async function knowsNotification({ database }: SiteContext, { settings }: Told): Promise<boolean> {
  const known = (await readState(database, STATE.inheritedNotification)) ?? null;
  return JSON.stringify(known) === JSON.stringify(settings.notification ?? null);
}

/** Seals the password of the parent's mail server; '' where there is none any more. */
export async function keepInheritedPassword({ site }: SiteContext, { smtpPassword = '' }: Told): Promise<void> {
  const sealer = realSealer();
  if (smtpPassword === '' && (await readSecret(site, 'inheritedSmtpPassword', sealer)) === undefined) return;
  await writeSecrets(site, { inheritedSmtpPassword: smtpPassword }, sealer);
}
