import type { Argv } from 'yargs';
import { flag, number, SITE_OPTIONS, text, type Args } from './options.js';

const SERVER_OPTIONS = {
  ...SITE_OPTIONS,
  'public-fqdn': { type: 'string', describe: 'its name in the internet; empty for none' },
  'fdm-operation': flag('the site server begins connections with it'),
  'site-server-account': flag('installed with the account of the site server'),
  account: { type: 'string', describe: 'installed with this account; empty for none' },
  'enable-proxy': flag('it uses a proxy'),
  'proxy-server': text('the proxy'),
  'proxy-port': number('port of the proxy'),
  'proxy-account': { type: 'string', describe: 'account for the proxy; empty for none' },
} as const;
const LIST_OPTIONS = { ...SITE_OPTIONS, all: flag('also those of the sites below') } as const;

export type ServerArgs = Args<typeof SERVER_OPTIONS> & { server: string };
export type ServerListArgs = Args<typeof LIST_OPTIONS>;

/** Options of the verbs `server list`, `server add` and `server set`. */
export const serverList = (parser: Argv) => parser.options(LIST_OPTIONS);
export const serverChange = (parser: Argv) =>
  parser.positional('server', { type: 'string', demandOption: true, describe: 'FQDN' }).options(SERVER_OPTIONS);
