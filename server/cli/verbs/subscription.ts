import { randomUUID } from 'node:crypto';
import type { AlertSubscriptionObject, DeliveryTest, SubscriptionSetResult } from '../../contract/generated/types.js';
import { SyncError } from '../../errors/SyncError.js';
import { clientOf, defined, EXIT_CODES, printJson, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type {
  SubscriptionAddArgs,
  SubscriptionArgs,
  SubscriptionListArgs,
  SubscriptionSetArgs,
} from '../parser/alertOptions.js';
import { readSecret } from '../readSecret.js';
import type { Column } from '../tableLines.js';
import { show } from './lists.js';

const COLUMNS: readonly Column<AlertSubscriptionObject>[] = [
  { heading: 'ID', text: (row) => String(row.ID), right: true },
  { heading: 'Name', text: (row) => row.Name, width: 30, wraps: true },
  { heading: 'EmailAddresses', text: (row) => row.EmailAddresses.join(', '), width: 100, wraps: true },
  { heading: 'WebhookUri', text: (row) => row.WebhookUri, width: 100, wraps: true },
  { heading: 'AlertIDs', text: (row) => row.AlertIDs.join(', ') || 'all', from: 100 },
  { heading: 'QuietHours', text: (row) => row.QuietHours, from: 100 },
  { heading: 'Waiting', text: (row) => String(row.Waiting), right: true },
];
const TEST_COLUMNS: readonly Column<DeliveryTest>[] = [
  { heading: 'Succeeded', text: (row) => (row.Succeeded ? 'yes' : 'no') },
  { heading: 'Channel', text: (row) => row.Channel },
  { heading: 'Receiver', text: (row) => row.Receiver, width: 100, wraps: true },
  { heading: 'Answer', text: (row) => row.Answer, width: 400, wraps: true },
];

/** `subscription list [NAME]`. */
export async function listSubscriptions(args: SubscriptionListArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const answer = await client.request('subscription/list', defined({ name: args.name, wildcard: true }), context);
  return show(answer.subscriptions, COLUMNS, context);
}

/** `subscription add NAME`. */
export async function addSubscription(args: SubscriptionAddArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const given = await receiverOf(args, context);
  const request = { requestId: randomUUID(), name: args.name, emailAddresses: args['email-address'] ?? [], ...given };
  return showOne(await client.request('subscription/add', request, context), context);
}

/** `subscription set NAME`. */
export async function setSubscription(args: SubscriptionSetArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const given = defined({
    newName: args['new-name'],
    emailAddresses: args['email-address'],
    addEmailAddresses: args['add-email-address'],
    removeEmailAddresses: args['remove-email-address'],
  });
  const request = { requestId: randomUUID(), name: args.name, ...given, ...(await receiverOf(args, context)) };
  return showOne(await client.request('subscription/set', request, context), context);
}

/** `subscription remove NAME`. */
export async function removeSubscription(args: SubscriptionArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const result = await client.request('subscription/remove', { requestId: randomUUID(), name: args.name }, context);
  if (context.json) printJson(context, result);
  else context.print(`The subscription ${result.names.join(', ')} was removed.`);
  return EXIT_CODES.done;
}

/** `subscription test NAME`: fails where one of the receivers got nothing. */
export async function testSubscription(args: SubscriptionArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const { results } = await client.request('subscription/test', { name: args.name }, context);
  show(results, TEST_COLUMNS, context);
  return results.every(({ Succeeded }) => Succeeded) ? EXIT_CODES.done : EXIT_CODES.failed;
}

async function receiverOf(args: SubscriptionAddArgs | SubscriptionSetArgs, context: CommandContext) {
  const { uri, secret } = await webhookOf(args, context);
  return defined({
    alertIds: args['alert-id'],
    localeId: args['locale-id'],
    webhookUri: uri,
    webhookFormat: args['webhook-format'],
    webhookSecret: secret,
    quietHours: args['quiet-hours'],
  });
}

/** What of the webhook comes from standard input: the address first, a line each. */
async function webhookOf(
  args: SubscriptionAddArgs | SubscriptionSetArgs,
  { input }: CommandContext,
): Promise<{ readonly uri: string | undefined; readonly secret: string | undefined }> {
  const [readsUri, readsSecret] = [args['webhook-uri-stdin'] === true, args['webhook-secret-stdin'] === true];
  if (readsUri && args['webhook-uri'] !== undefined)
    throw new SyncError('ContradictoryParameters', { reason: 'Give --webhook-uri or --webhook-uri-stdin, not both' });
  const lines = readsUri || readsSecret ? await readSecret(input) : '';
  if (!readsUri) return { uri: args['webhook-uri'], secret: readsSecret ? lines : undefined };
  const [uri = '', ...rest] = lines.split(/\r?\n/);
  return { uri, secret: readsSecret ? rest.join('\n') : undefined };
}

function showOne({ subscription, warnings }: SubscriptionSetResult, context: CommandContext): number {
  tellWarnings(context, warnings);
  if (context.json) printJson(context, subscription);
  else show([subscription], COLUMNS, context);
  return EXIT_CODES.done;
}
