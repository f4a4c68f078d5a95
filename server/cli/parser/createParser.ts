import yargs, { type Argv } from 'yargs';
import { SyncError } from '../../errors/SyncError.js';
import { packageVersion } from '../../platform/packageFolder.js';
import { addAlertVerbs } from './addAlertVerbs.js';
import { addAdministrationVerbs } from './addAdministrationVerbs.js';
import type { Verb } from './administrationOptions.js';
import { addHostVerbs, addServiceVerbs } from './addHostVerbs.js';
import { addScheduleVerbs } from './addScheduleVerbs.js';
import { addSiteVerbs } from './addSiteVerbs.js';
import { addSupVerbs } from './addSupVerbs.js';
import { addSyncVerbs } from './addSyncVerbs.js';
import { addTransferVerbs } from './addTransferVerbs.js';
import { REPEATABLE } from './options.js';
import { usageReason } from './usageReason.js';

const LONGEST_LINE = 120;

/** Builds the parser. It runs nothing: it hands over the verb, whose code is loaded when it runs. */
export function createParser(args: readonly string[], choose: (verb: Verb) => void, width = LONGEST_LINE): Argv {
  const parser = yargs([...args])
    .scriptName('configmgrsync')
    .version(packageVersion())
    .usage('$0 VERB [options]\n\nConfiguration Manager software update synchronization.')
    // --no-wait, --no-proxy, --no-schedule and --no-source are options of their own here.
    .parserConfiguration({ 'boolean-negation': false })
    .strict()
    .check((given) => onceEach(given), true)
    .demandCommand(1, 'No command given')
    .recommendCommands()
    .exitProcess(false)
    .fail((message: string, error: Error | undefined) => {
      throw (
        error ?? new SyncError('InvalidRequest', { method: 'of the command line', reason: usageReason(message, args) })
      );
    })
    .wrap(Math.min(width, LONGEST_LINE));
  addSiteVerbs(parser, choose);
  addSyncVerbs(parser, choose);
  addSupVerbs(parser, choose);
  addScheduleVerbs(parser, choose);
  addHostVerbs(parser, choose);
  addServiceVerbs(parser, choose);
  addAdministrationVerbs(parser, choose);
  addAlertVerbs(parser, choose);
  addTransferVerbs(parser, choose);
  return parser;
}

/** The name of an option as it is typed, without the dashes before it. */
function typed(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** An option that takes one value is not given twice, and a number is a number. */
function onceEach(given: Record<string, unknown>): true {
  for (const [name, value] of Object.entries(given)) {
    const isTwice = Array.isArray(value) && name !== '_' && !REPEATABLE.has(typed(name));
    if (isTwice || Number.isNaN(value))
      throw new SyncError('InvalidRequest', {
        method: 'of the command line',
        reason: `--${typed(name)} ${isTwice ? 'can be given only once' : 'must be a number'}`,
      });
  }
  return true;
}
