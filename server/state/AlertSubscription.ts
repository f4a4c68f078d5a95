/** Who is told of alerts, and how. Times in ms since 1970 UTC. */
export interface AlertSubscription {
  readonly id: number;
  readonly name: string;
  readonly emailAddresses: readonly string[];
  /** Empty: every alert. */
  readonly alertIds: readonly number[];
  readonly localeId: number;
  /** What is shown of the address, which is one of the secrets of the site; '' for none. */
  readonly webhook: string;
  readonly webhookFormat: 'Json' | 'Teams' | 'Slack';
  /** `22:00-06:00` in the time of the site, '' for none. */
  readonly quietHours: string;
  readonly created: number;
  readonly modified: number;
}

/** One address of a subscription. The text that stands for it in the outbox never changes its form. */
export interface Receiver {
  readonly subscriptionId: number;
  readonly channel: 'mail' | 'webhook';
  /** '' for the webhook, whose address the subscription has. */
  readonly address: string;
}

export const NEW_SUBSCRIPTION: AlertSubscription = {
  id: 0,
  name: '',
  emailAddresses: [],
  alertIds: [],
  localeId: 1033,
  webhook: '',
  webhookFormat: 'Json',
  quietHours: '',
  created: 0,
  modified: 0,
};

/** Whom a subscription reaches, as the outbox names them. */
export function receiversOf({ id, emailAddresses, webhook }: AlertSubscription): readonly string[] {
  return [...emailAddresses.map((address) => `${id} mail ${address}`), ...(webhook === '' ? [] : [`${id} webhook`])];
}

/** A receiver of the outbox. */
export function parseReceiver(text: string): Receiver {
  const [id = '', channel, address = ''] = text.split(' ');
  return { subscriptionId: Number(id), channel: channel === 'webhook' ? 'webhook' : 'mail', address };
}
