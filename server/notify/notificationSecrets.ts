import type { Sealer } from '../platform/sealSecret.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { readSecret, writeSecrets } from '../site/siteSecrets.js';

/** The secrets with which alerts are sent: beside the database, as the one for the proxy. */
export interface NotificationSecrets {
  smtpPassword(): Promise<string | undefined>;
  /** '' forgets it. */
  keepSmtpPassword(password: string): Promise<void>;
  webhookSecret(subscriptionId: number): Promise<string | undefined>;
  keepWebhookSecret(subscriptionId: number, secret: string): Promise<void>;
}

type WebhookSecrets = Readonly<Record<string, string>>;

/** The secrets of a site folder. */
export function notificationSecrets(site: SiteFolder, sealer: Sealer): NotificationSecrets {
  const webhooks = async (): Promise<WebhookSecrets> =>
    JSON.parse((await readSecret(site, 'webhookSecrets', sealer)) ?? '{}') as WebhookSecrets;
  return {
    smtpPassword: async () => readSecret(site, 'smtpPassword', sealer),
    keepSmtpPassword: async (smtpPassword) => writeSecrets(site, { smtpPassword }, sealer),
    webhookSecret: async (subscriptionId) => (await webhooks())[String(subscriptionId)],
    keepWebhookSecret: async (subscriptionId, secret) => {
      const { [String(subscriptionId)]: _before, ...others } = await webhooks();
      const after = secret === '' ? others : { ...others, [String(subscriptionId)]: secret };
      await writeSecrets(site, { webhookSecrets: JSON.stringify(after) }, sealer);
    },
  };
}
