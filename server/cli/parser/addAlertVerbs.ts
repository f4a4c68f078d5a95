import type { Argv } from 'yargs';
import type { Verb } from './administrationOptions.js';
import * as options from './alertOptions.js';
import { site } from './options.js';

/** The verbs for who is told of alerts, and how. */
export function addAlertVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser
    .command('subscription', 'who is told of alerts', (verbs) =>
      verbs
        .command('list [name]', 'list subscriptions', options.subscriptionList, (args) =>
          choose(async (context) => (await import('../verbs/subscription.js')).listSubscriptions(args, context)),
        )
        .command('add <name>', 'subscribe addresses or a webhook to alerts', options.subscriptionAdd, (args) =>
          choose(async (context) => (await import('../verbs/subscription.js')).addSubscription(args, context)),
        )
        .command('set <name>', 'change a subscription', options.subscriptionSet, (args) =>
          choose(async (context) => (await import('../verbs/subscription.js')).setSubscription(args, context)),
        )
        .command('remove <name>', 'remove a subscription', options.subscription, (args) =>
          choose(async (context) => (await import('../verbs/subscription.js')).removeSubscription(args, context)),
        )
        .command('test <name>', 'send a test message to every receiver', options.subscription, (args) =>
          choose(async (context) => (await import('../verbs/subscription.js')).testSubscription(args, context)),
        )
        .demandCommand(1, 'No command given. Give list, add, set, remove or test'),
    )
    .command('notification', 'how the site sends alerts', (verbs) =>
      verbs
        .command('get', 'show mail server, sender and what waits', site, (args) =>
          choose(async (context) => (await import('../verbs/notification.js')).getNotification(args, context)),
        )
        .command('set', 'change mail server and sender', options.notificationSet, (args) =>
          choose(async (context) => (await import('../verbs/notification.js')).setNotification(args, context)),
        )
        .demandCommand(1, 'No command given. Give get or set'),
    );
}
