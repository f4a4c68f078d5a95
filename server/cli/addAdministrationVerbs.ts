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
