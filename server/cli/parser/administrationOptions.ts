import type { Argv, InferredOptionTypes } from 'yargs';
import type { CommandContext } from '../CommandContext.js';
import { site } from './options.js';
import type { SiteArgs } from './options.js';

const MESSAGE_OPTIONS = {
  severity: {
    type: 'string',
    requiresArg: true,
    choices: ['Error', 'Warning', 'Information'],
    describe: 'only messages of this severity',
  },
  id: { type: 'number', requiresArg: true, describe: 'only messages of this number' },
  since: { type: 'string', requiresArg: true, describe: 'only messages at or after this date' },
} as const;

const SOURCE_OPTIONS = {
  upstream: {
    type: 'string',
    requiresArg: true,
    describe: 'URL of an upstream server; default: the source of the site',
  },
} as const;

const STATUS_TOKEN_OPTIONS = {
  'expiration-days': { type: 'number', requiresArg: true, describe: 'days until it expires; default: 90' },
} as const;
const TOKEN_NAME = { type: 'string', demandOption: true, describe: 'what it is called' } as const;

export type StatusTokenArgs = SiteArgs & { name: string };
export type NewStatusTokenArgs = StatusTokenArgs & InferredOptionTypes<typeof STATUS_TOKEN_OPTIONS>;
export type SourceTestArgs = SiteArgs & InferredOptionTypes<typeof SOURCE_OPTIONS>;
const CHANGE_OPTIONS = {
  kind: {
    type: 'string',
    requiresArg: true,
    choices: ['New', 'Revised', 'Expired', 'Superseded', 'Removed'] as const,
    describe: 'only changes of this kind',
  },
  since: { type: 'string', requiresArg: true, describe: 'changes of all runs that started at or after this date' },
} as const;

export type RunChangesArgs = SiteArgs &
  InferredOptionTypes<typeof CHANGE_OPTIONS> & { ids?: readonly number[] | undefined };
export type MessageArgs = SiteArgs & InferredOptionTypes<typeof MESSAGE_OPTIONS>;

/** Options of the verbs for status messages, alerts and what belongs to them. */
export const messages = (parser: Argv) => site(parser).options(MESSAGE_OPTIONS);
export const alerts = site;
export const sourceTest = (parser: Argv) => site(parser).options(SOURCE_OPTIONS);
export const statusTokens = site;
export const statusToken = (parser: Argv) => site(parser).positional('name', TOKEN_NAME);
export const newStatusToken = (parser: Argv) => statusToken(parser).options(STATUS_TOKEN_OPTIONS);
export const runChanges = (parser: Argv) =>
  site(parser)
    .positional('ids', { type: 'number', array: true, describe: 'numbers of the runs' })
    .options(CHANGE_OPTIONS);

/** A verb with its arguments, ready to run. */
export type Verb = (context: CommandContext) => Promise<number>;
