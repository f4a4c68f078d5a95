import type { Argv } from 'yargs';
import { type Args, SITE_OPTIONS, text } from './options.js';

const WHICH = {
  ...SITE_OPTIONS,
  name: text('name of the alerts, with * and ?, instead of a number'),
} as const;
const COMMENT = { type: 'string', describe: 'comment; empty for none' } as const;
const SET_OPTIONS = {
  ...WHICH,
  'new-name': text('new name'),
  comment: COMMENT,
  severity: { ...text('severity'), choices: ['Error', 'Warning', 'Informational'] as const },
  limit: { type: 'number', requiresArg: true, describe: 'from where on it is raised, in the unit that alerts shows' },
} as const;
const SUSPEND_OPTIONS = {
  ...WHICH,
  until: { ...text('when it is looked at again'), demandOption: true },
  comment: COMMENT,
} as const;

export type AlertArgs = Args<typeof WHICH> & { id?: number | undefined };
export type AlertSetArgs = Args<typeof SET_OPTIONS> & { id?: number | undefined };
export type AlertSuspendArgs = Args<typeof SUSPEND_OPTIONS> & { id?: number | undefined };

const one = (parser: Argv) => parser.positional('id', { type: 'number', describe: 'number of the alert' });

/** Options of the verbs `alert set`, `alert suspend`, `alert enable`, `alert disable` and `alert remove`. */
export const alertSet = (parser: Argv) => one(parser).options(SET_OPTIONS);
export const alertSuspend = (parser: Argv) => one(parser).options(SUSPEND_OPTIONS);
export const alertWhich = (parser: Argv) => one(parser).options(WHICH);
