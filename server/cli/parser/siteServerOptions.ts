import type { Argv, InferredOptionTypes } from 'yargs';
import { site } from './options.js';
import type { SiteArgs } from './options.js';

const text = (describe: string) => ({ type: 'string', requiresArg: true, describe }) as const;
const flag = (describe: string) => ({ type: 'boolean', describe }) as const;

const ATTACH_OPTIONS = {
  json: flag('one JSON document on stdout, messages on stderr'),
  database: {
    ...text('postgres: only a database in PostgreSQL can have several servers'),
    choices: ['postgres'],
    default: 'postgres',
  },
  'database-address-file': text(
    'file with the address of the database, - for stdin; default: CONFIGMGRSYNC_DATABASE_URL, else a prompt',
  ),
  'database-key-file': text(
    'file with the key of the database, - for stdin; default: CONFIGMGRSYNC_DATABASE_KEY, else a prompt',
  ),
  'site-path': { ...text('folder to make'), alias: 'path' },
  'server-name': text('name of this server in the list of servers; default: this machine'),
  operator: {
    ...text('SID (Windows) or group (elsewhere) that may use the site on this server; may be repeated'),
    array: true,
    nargs: 1,
  },
  account: text('not on Windows, as root: the account that owns the folder'),
} as const;

const ADDRESS_OPTIONS = {
  'database-address-file': ATTACH_OPTIONS['database-address-file'],
  'what-if': flag('only try the address'),
} as const;

const SET_KEY_OPTIONS = {
  'database-key-file': ATTACH_OPTIONS['database-key-file'],
  'what-if': flag('only try the key'),
} as const;

const KEY_OPTIONS = {
  out: text('file to write, which nobody else can read; default: the key on stdout'),
  force: flag('replace a file that exists'),
} as const;

export type AttachArgs = InferredOptionTypes<typeof ATTACH_OPTIONS>;
export type DatabaseAddressArgs = SiteArgs & InferredOptionTypes<typeof ADDRESS_OPTIONS>;
export type SetDatabaseKeyArgs = SiteArgs & InferredOptionTypes<typeof SET_KEY_OPTIONS>;
export type DatabaseKeyArgs = SiteArgs & InferredOptionTypes<typeof KEY_OPTIONS>;
export type RemoveServerArgs = SiteArgs & { name: string };

/** Options of the verbs for the servers of a site. */
export const attach = (parser: Argv) => parser.options(ATTACH_OPTIONS);
export const databaseAddress = (parser: Argv) => site(parser).options(ADDRESS_OPTIONS);
export const setDatabaseKey = (parser: Argv) => site(parser).options(SET_KEY_OPTIONS);
export const databaseKey = (parser: Argv) => site(parser).options(KEY_OPTIONS);
export const removeServer = (parser: Argv) =>
  site(parser).positional('name', { type: 'string', demandOption: true, describe: 'name of the server' });
