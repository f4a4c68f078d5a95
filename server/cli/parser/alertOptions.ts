import type { Argv } from 'yargs';
import { type Args, flag, number, SITE_OPTIONS, text } from './options.js';

const addresses = (describe: string) => ({ type: 'string', array: true, nargs: 1, describe }) as const;

const RECEIVER_OPTIONS = {
  ...SITE_OPTIONS,
  'alert-id': { type: 'number', array: true, nargs: 1, describe: 'alert; may be repeated; default: every alert' },
  'locale-id': number('locale of the receivers; texts are in English'),
  'webhook-uri': { type: 'string', describe: 'https address to post alerts to; empty for none' },
  'webhook-uri-stdin': flag('read that address from stdin, where nobody else sees it'),
  'webhook-format': { ...text('form of the body'), choices: ['Json', 'Teams', 'Slack'] },
  'webhook-secret-stdin': flag('read the key that signs the webhook from stdin; below the address if both are read'),
  'quiet-hours': { type: 'string', describe: 'from-until when nothing is sent, such as 22:00-06:00; empty for never' },
} as const;
const ADD_OPTIONS = { ...RECEIVER_OPTIONS, 'email-address': addresses('address; may be repeated') } as const;
const SET_OPTIONS = {
  ...RECEIVER_OPTIONS,
  'new-name': text('new name'),
  'email-address': addresses('all addresses from now on; may be repeated'),
  'add-email-address': addresses('further address; may be repeated'),
  'remove-email-address': addresses('address to remove; may be repeated'),
} as const;
const NOTIFICATION_OPTIONS = {
  ...SITE_OPTIONS,
  'smtp-server': { type: 'string', describe: 'mail server; empty for none' },
  'smtp-port': number('its port; default: 587'),
  'smtp-security': { ...text('encryption; None only on this machine'), choices: ['StartTls', 'Tls', 'None'] },
  'allow-unencrypted': flag('None also for another machine'),
  sender: text('address of the sender'),
  'user-name': { type: 'string', describe: 'name at the mail server; empty for none' },
  'smtp-password-stdin': flag('read the password for that name from stdin'),
  inherit: flag('use the mail server of the parent site again; not with others'),
  'digest-minutes': number('one message for each receiver in so many minutes; 0: one for each alert'),
} as const;
const NAME = { type: 'string', demandOption: true, describe: 'name of the subscription' } as const;

interface Named {
  name: string;
}

export type SubscriptionArgs = Args<typeof SITE_OPTIONS> & Named;
export type SubscriptionListArgs = Args<typeof SITE_OPTIONS> & Partial<Named>;
export type SubscriptionAddArgs = Args<typeof ADD_OPTIONS> & Named;
export type SubscriptionSetArgs = Args<typeof SET_OPTIONS> & Named;
export type NotificationSetArgs = Args<typeof NOTIFICATION_OPTIONS>;

/** Options of the verbs `subscription` and `notification`. */
export const subscriptionList = (parser: Argv) =>
  parser.positional('name', { type: 'string', describe: 'name, with * and ?' }).options(SITE_OPTIONS);
export const subscription = (parser: Argv) => parser.positional('name', NAME).options(SITE_OPTIONS);
export const subscriptionAdd = (parser: Argv) => parser.positional('name', NAME).options(ADD_OPTIONS);
export const subscriptionSet = (parser: Argv) => parser.positional('name', NAME).options(SET_OPTIONS);
export const notificationSet = (parser: Argv) => parser.options(NOTIFICATION_OPTIONS);
