import type { Argv } from 'yargs';
import { CLIENT_CONNECTIONS } from '../state/SoftwareUpdatePoint.js';
import { flag, number, siteOptions, text, type Args } from './options.js';

const supListOptions = { ...siteOptions, all: flag('also those of the sites below') } as const;
const supAddOptions = {
  ...siteOptions,
  anonymous: flag('allow anonymous access'),
  'client-connection': { ...text('clients that may connect'), choices: CLIENT_CONNECTIONS },
  account: { type: 'string', describe: 'account for the connection; empty for none' },
  'cloud-gateway': flag('allow traffic of a cloud management gateway'),
  'use-proxy': flag('synchronize through the proxy (--use-proxy=false: not)'),
  'use-proxy-for-rules': flag('the same for rule-driven downloads'),
  'http-port': number('HTTP port'),
  'https-port': number('HTTPS port'),
  ssl: flag('require TLS'),
  ledbat: flag('ask for LEDBAT'),
} as const;
const supSetOptions = {
  ...supAddOptions,
  'public-virtual-ip': { type: 'string', describe: 'public virtual IP; empty for none' },
} as const;
const supRemoveOptions = {
  ...siteOptions,
  'default-server': text('software update point that becomes the default'),
} as const;
const server = { type: 'string', demandOption: true, describe: 'FQDN of the server' } as const;

export type SupListArgs = Args<typeof supListOptions> & { name?: string | undefined };
export type SupAddArgs = Args<typeof supAddOptions> & { server: string };
export type SupSetArgs = Args<typeof supSetOptions> & { server: string };
export type SupRemoveArgs = Args<typeof supRemoveOptions> & { server: string };

/** Options of the verbs `sup list`, `sup add`, `sup set` and `sup remove`. */
export const supList = (parser: Argv) =>
  parser.positional('name', { type: 'string', describe: 'FQDN of the server, with * and ?' }).options(supListOptions);
export const supAdd = (parser: Argv) => parser.positional('server', server).options(supAddOptions);
export const supSet = (parser: Argv) => parser.positional('server', server).options(supSetOptions);
export const supRemove = (parser: Argv) => parser.positional('server', server).options(supRemoveOptions);
