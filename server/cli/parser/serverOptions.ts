import type { Argv } from 'yargs';
import { flag, number, SITE_OPTIONS, text, type Args } from './options.js';

const SERVER_OPTIONS = {
  ...SITE_OPTIONS,
  'public-fqdn': { type: 'string', describe: 'name of the server on the internet; empty for none' },
  'fdm-operation': flag('the site server starts all connections to this server'),
  'site-server-account': flag('use the account of the site server for installation'),
  account: { type: 'string', describe: 'account for installation; empty for none' },
  'enable-proxy': flag('the server uses a proxy'),
  'proxy-server': text('name of the proxy'),
  'proxy-port': number('port of the proxy'),
  'proxy-account': { type: 'string', describe: 'account for the proxy; empty for none' },
} as const;
const LIST_OPTIONS = { ...SITE_OPTIONS, all: flag('include the sites below') } as const;

export type ServerArgs = Args<typeof SERVER_OPTIONS> & { server: string };
export type ServerListArgs = Args<typeof LIST_OPTIONS>;

/** Options of the verbs `server list`, `server add` and `server set`. */
export const serverList = (parser: Argv) => parser.options(LIST_OPTIONS);
export const serverChange = (parser: Argv) =>
  parser.positional('server', { type: 'string', demandOption: true, describe: 'FQDN' }).options(SERVER_OPTIONS);
