import type { Argv } from 'yargs';
import { type Args, flag, number, SITE_OPTIONS, text } from './options.js';

const SET_OPTIONS = {
  ...SITE_OPTIONS,
  'message-id': number('only messages of this number'),
  severity: {
    ...text('only messages of this severity'),
    choices: ['None', 'Informational', 'Warning', 'Error'] as const,
  },
  component: text('only messages of this component'),
  server: text('only messages of this server'),
  'report-to-event-log': flag('write an event to the Windows Application log, elsewhere to syslog'),
  program: { type: 'string', describe: 'full path of a program to run; empty for none' },
  last: flag('rules of lower priority do not see the message'),
  priority: { ...text('move the rule by one place'), choices: ['Increase', 'Decrease'] as const },
} as const;
const NAME = { type: 'string', demandOption: true, describe: 'name of the rule' } as const;

export type RuleListArgs = Args<typeof SITE_OPTIONS> & { name?: string | undefined };
export type RuleArgs = Args<typeof SITE_OPTIONS> & { name: string };
export type RuleSetArgs = Args<typeof SET_OPTIONS> & { name: string };

/** Options of the verbs for status filter rules. */
export const ruleList = (parser: Argv) =>
  parser.positional('name', { type: 'string', describe: 'name of the rule, with * and ?' }).options(SITE_OPTIONS);
export const ruleName = (parser: Argv) => parser.positional('name', NAME).options(SITE_OPTIONS);
export const ruleSet = (parser: Argv) => parser.positional('name', NAME).options(SET_OPTIONS);
