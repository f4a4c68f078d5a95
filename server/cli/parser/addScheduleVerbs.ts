import type { Argv } from 'yargs';
import type { Verb } from './administrationOptions.js';
import * as options from './options.js';

/** The verbs that read schedule strings. */
export function addScheduleVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser.command('schedule', 'read schedule strings', (schedule) =>
    schedule
      .command('convert <string>', 'show the tokens of a schedule string', options.schedule, (args) =>
        choose(async (context) => (await import('../verbs/schedule.js')).convert(args, context)),
      )
      .command('next <string>', 'show when it occurs next', options.nextOccurrences, (args) =>
        choose(async (context) => (await import('../verbs/schedule.js')).next(args, context)),
      )
      .demandCommand(1, 'No command given. Give convert or next'),
  );
}
