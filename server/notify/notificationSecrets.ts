import type { Sealer } from '../platform/sealSecret.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { readSecret, writeSecrets } from '../site/siteSecrets.js';

/** The secrets with which alerts are sent: beside the database, as the one for the proxy. */
export interface NotificationSecrets {
  /** That of the parent's mail server, or of the site's own. */
  smtpPassword(isInherited: boolean): Promise<string | undefined>;
  /** '' forgets it. */
  keepSmtpPassword(password: string): Promise<void>;
  webhookSecret(subscriptionId: number): Promise<string | undefined>;
  keepWebhookSecret(subscriptionId: number, secret: string): Promise<void>;
  webhookAddress(subscriptionId: number): Promise<string | undefined>;
  keepWebhookAddress(subscriptionId: number, address: string): Promise<void>;
}

/** Secrets of which each subscription has its own. */
type OfSubscriptions = 'webhookSecrets' | 'webhookAddresses';

/** The secrets of a site folder. */
export function notificationSecrets(site: SiteFolder, sealer: Sealer): NotificationSecrets {
  const all = async (name: OfSubscriptions): Promise<Readonly<Record<string, string>>> =>
    JSON.parse((await readSecret(site, name, sealer)) || '{}') as Record<string, string>;
  const one = async (name: OfSubscriptions, id: number): Promise<string | undefined> => (await all(name))[String(id)];
  const keep = async (name: OfSubscriptions, id: number, secret: string): Promise<void> => {
    const { [String(id)]: _before, ...others } = await all(name);
    const after = secret === '' ? others : { ...others, [String(id)]: secret };
    await writeSecrets(site, { [name]: JSON.stringify(after) }, sealer);
  };
  return {
    smtpPassword: async (isInherited) =>
      readSecret(site, isInherited ? 'inheritedSmtpPassword' : 'smtpPassword', sealer),
    keepSmtpPassword: async (smtpPassword) => writeSecrets(site, { smtpPassword }, sealer),
    webhookSecret: async (id) => one('webhookSecrets', id),
    keepWebhookSecret: async (id, secret) => keep('webhookSecrets', id, secret),
    webhookAddress: async (id) => one('webhookAddresses', id),
    keepWebhookAddress: async (id, address) => keep('webhookAddresses', id, address),
  };
}
