import { randomUUID } from 'node:crypto';
import type { SiteSystemSetResult } from '../../contract/generated/types.js';
import { clientOf, defined, EXIT_CODES, printJson, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { ServerArgs, ServerListArgs } from '../parser/serverOptions.js';
import { SERVER_COLUMNS } from '../table.js';
import { show } from './lists.js';

/** `server list`. */
export async function listServers(args: ServerListArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const { sites, servers } = await client.request('site/tree', {}, context);
  const own = servers.filter((server) => args.all === true || server.SiteCode === sites[0]?.SiteCode);
  return show(own, SERVER_COLUMNS, context);
}

/** `server add SERVER`. */
export async function addServer(args: ServerArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  return showServer(await client.request('siteSystem/add', requestOf(args), context), context);
}

/** `server set SERVER`. */
export async function setServer(args: ServerArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  return showServer(await client.request('siteSystem/set', requestOf(args), context), context);
}

function requestOf(args: ServerArgs) {
  const given = defined({
    publicFqdn: args['public-fqdn'],
    fdmOperation: args['fdm-operation'],
    useSiteServerAccount: args['site-server-account'],
    accountName: args.account,
    enableProxy: args['enable-proxy'],
    proxyServerName: args['proxy-server'],
    proxyServerPort: args['proxy-port'],
    proxyAccessAccount: args['proxy-account'],
  });
  return { requestId: randomUUID(), serverName: args.server, ...given };
}

function showServer({ server, warnings }: SiteSystemSetResult, context: CommandContext): number {
  tellWarnings(context, warnings);
  if (context.json) printJson(context, server);
  else show([server], SERVER_COLUMNS, context);
  return EXIT_CODES.done;
}
