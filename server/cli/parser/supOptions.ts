import type { Argv } from 'yargs';
import { CLIENT_CONNECTIONS } from '../../state/SoftwareUpdatePoint.js';
import { flag, number, SITE_OPTIONS, text, type Args } from './options.js';

const SUP_LIST_OPTIONS = { ...SITE_OPTIONS, all: flag('include the sites below') } as const;
const SUP_ADD_OPTIONS = {
  ...SITE_OPTIONS,
  anonymous: flag('allow anonymous access'),
  'client-connection': { ...text('clients that may connect'), choices: CLIENT_CONNECTIONS },
  account: { type: 'string', describe: 'account for the connection; empty for none' },
  'cloud-gateway': flag('allow traffic of a cloud management gateway'),
  'use-proxy': flag('synchronize through the proxy (--use-proxy=false: do not)'),
  'use-proxy-for-rules': flag('use the proxy for automatic deployment rules'),
  'http-port': number('HTTP port'),
  'https-port': number('HTTPS port'),
  ssl: flag('require TLS'),
  ledbat: flag('ask for LEDBAT'),
} as const;
const SUP_SET_OPTIONS = {
  ...SUP_ADD_OPTIONS,
  'public-virtual-ip': { type: 'string', describe: 'public virtual IP; empty for none' },
} as const;
const SUP_REMOVE_OPTIONS = {
  ...SITE_OPTIONS,
  'default-server': text('software update point that becomes the default'),
} as const;
const SERVER = { type: 'string', demandOption: true, describe: 'FQDN of the server' } as const;

export type SupListArgs = Args<typeof SUP_LIST_OPTIONS> & { name?: string | undefined };
export type SupAddArgs = Args<typeof SUP_ADD_OPTIONS> & { server: string };
export type SupSetArgs = Args<typeof SUP_SET_OPTIONS> & { server: string };
export type SupRemoveArgs = Args<typeof SUP_REMOVE_OPTIONS> & { server: string };

/** Options of the verbs `sup list`, `sup add`, `sup set` and `sup remove`. */
export const supList = (parser: Argv) =>
  parser.positional('name', { type: 'string', describe: 'FQDN of the server, with * and ?' }).options(SUP_LIST_OPTIONS);
export const supAdd = (parser: Argv) => parser.positional('server', SERVER).options(SUP_ADD_OPTIONS);
export const supSet = (parser: Argv) => parser.positional('server', SERVER).options(SUP_SET_OPTIONS);
export const supRemove = (parser: Argv) => parser.positional('server', SERVER).options(SUP_REMOVE_OPTIONS);
