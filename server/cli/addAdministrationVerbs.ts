import type { Argv } from 'yargs';
import * as options from './administrationOptions.js';
import type { Verb } from './administrationOptions.js';

/** The verbs for status messages, alerts and what belongs to them. */
export function addAdministrationVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser
    .command('messages', 'list status messages', options.messages, (args) =>
      choose(async (context) => (await import('./verbs/messages.js')).messages(args, context)),
    )
    .command('alerts', 'list alerts', options.alerts, (args) =>
      choose(async (context) => (await import('./verbs/alerts.js')).alerts(args, context)),
    )
    .command('status-token', 'tokens for the status page, seen from other machines', (token) =>
      token
        .command('new <name>', 'make a token', options.newStatusToken, (args) =>
          choose(async (context) => (await import('./verbs/statusToken.js')).newStatusToken(args, context)),
        )
        .command('list', 'list the tokens', options.statusTokens, (args) =>
          choose(async (context) => (await import('./verbs/statusToken.js')).listStatusTokens(args, context)),
        )
        .command('remove <name>', 'remove a token; whoever used it is signed out', options.statusToken, (args) =>
          choose(async (context) => (await import('./verbs/statusToken.js')).removeStatusToken(args, context)),
        )
        .demandCommand(1, 'No command given. Give new, list or remove'),
    )
    .command('source', 'test the synchronization source', (source) =>
      source
        .command(
          'test',
          'test the connection to the source, stage by stage; nothing is changed',
          options.sourceTest,
          (args) => choose(async (context) => (await import('./verbs/sourceTest.js')).sourceTest(args, context)),
        )
        .demandCommand(1, 'No command given. Give test'),
    );
}
