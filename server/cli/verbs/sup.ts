import { randomUUID } from 'node:crypto';
import type { SupSetRequest, SupSetResult } from '../../contract/generated/types.js';
import { clientOf, defined, EXIT_CODES, printJson, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { SupAddArgs, SupListArgs, SupRemoveArgs, SupSetArgs } from '../parser/supOptions.js';
import { SUP_COLUMNS } from '../table.js';
import { show } from './lists.js';

/** `sup list [NAME]`. */
export async function listSups(args: SupListArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const { softwareUpdatePoints } = await client.request(
    'sup/list',
    defined({ serverName: args.name, allSite: args.all }),
    context,
  );
  if (args.name !== undefined && softwareUpdatePoints.length === 0)
    tellWarnings(context, [`No software update point on the server ${args.name} is known here.`]);
  return show(softwareUpdatePoints, SUP_COLUMNS, context);
}

/** `sup add SERVER`. */
export async function addSup(args: SupAddArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  return showSup(
    await client.request('sup/add', { requestId: randomUUID(), serverName: args.server, ...settingsOf(args) }, context),
    context,
  );
}

/** `sup set SERVER`. */
export async function setSup(args: SupSetArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const change = { ...settingsOf(args), ...defined({ publicVirtualIP: args['public-virtual-ip'] }) };
  return showSup(
    await client.request('sup/set', { requestId: randomUUID(), serverName: args.server, ...change }, context),
    context,
  );
}

/** `sup remove SERVER`. */
export async function removeSup(args: SupRemoveArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const result = await client.request(
    'sup/remove',
    { requestId: randomUUID(), serverName: args.server, ...defined({ defaultServerName: args['default-server'] }) },
    context,
  );
  if (context.json) printJson(context, result);
  else
    context.print(
      `The software update point ${args.server} was removed. The default ` +
        `is ${result.defaultServerName === '' ? 'none' : result.defaultServerName}.`,
    );
  return EXIT_CODES.done;
}

function settingsOf(args: SupAddArgs): Partial<SupSetRequest> {
  return defined({
    anonymousWsusAccess: args.anonymous,
    clientConnectionType: args['client-connection'],
    wsusAccessAccount: args.account,
    enableCloudGateway: args['cloud-gateway'],
    useProxy: args['use-proxy'],
    useProxyForAutoDeploymentRule: args['use-proxy-for-rules'],
    httpPort: args['http-port'],
    httpsPort: args['https-port'],
    enableSsl: args.ssl,
    wledbat: args.ledbat,
  });
}

function showSup({ softwareUpdatePoint, warnings }: SupSetResult, context: CommandContext): number {
  tellWarnings(context, warnings);
  if (context.json) printJson(context, softwareUpdatePoint);
  else show([softwareUpdatePoint], SUP_COLUMNS, context);
  return EXIT_CODES.done;
}
